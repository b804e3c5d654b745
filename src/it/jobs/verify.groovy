// SPDX-License-Identifier: Apache-2.0
// Jobs: each has an image, outputs and references of its own, and a boot binary where it differs; a job that fails does not stop the others.
import dev.marshal.it.Build
import java.nio.file.Files
import java.util.zip.ZipFile

def build = new Build(basedir)
build.write('src/main/workload/program.elf', 'taken as it is')
def exists = { String name -> Files.exists(build.file('target/' + name)) }

def first = build.succeeds('install')
first.says('jobs-plain: chain: ', 'jobs-bare: chain: ', 'jobs-resting: not booted: \'launch\' is false')
first.ranBecause('jobs-init: image', 'not built yet').ranBecause('jobs-kernel: boot-binary', 'not built yet')
assert first.lines().any { it ==~ /\[INFO\] jobs-kernel +passed +[0-9.]+ s +(0|-)/ }
assert first.lines().any { it ==~ /\[INFO\] jobs-init +passed +[0-9.]+ s +0/ }
first.says('the output matches the references: jobs-init/out, jobs-init/uartlog, jobs-kernel/out, jobs-kernel/uartlog, jobs-plain/out, jobs-plain/uartlog')

// a binary only where it differs
assert exists('jobs-bin.elf') && exists('jobs-kernel-bin.elf') && !exists('jobs-plain-bin.elf') && !exists('jobs-init-bin.elf')
assert ['plain', 'init', 'kernel', 'resting'].every { exists('jobs-' + it + '-rootfs.img') }
assert exists('jobs-bare-bin.elf') && !exists('jobs-bare-rootfs.img')
assert Files.readString(build.file('target/marshal/hook.txt')) == 'jobs-init\njobs-kernel\njobs-plain\ncalled once\n'

// published with the workload
def workload = new ZipFile(build.file('target/jobs.workload').toFile()).withCloseable { it.getInputStream(it.getEntry('workload.json')).text }
def description = new groovy.json.JsonSlurper().parseText(workload)
assert description.jobs*.name == ['plain', 'init', 'kernel', 'resting', 'bare'] && description.jobs*.outputs[0] == 'jobs-plain'
assert description.artifacts.keySet().containsAll(['bin.elf', 'rootfs.img.zst', 'plain-rootfs.img.zst', 'init-rootfs.img.zst', 'kernel-bin.elf', 'kernel-rootfs.img.zst', 'bare-bin.elf'])
assert !description.artifacts.containsKey('plain-bin.elf')
first.says('jobs-1.0-kernel-bin.elf', 'jobs-1.0-plain-rootfs.img.zst')

// reported as tests
def report = { new groovy.xml.XmlSlurper().parse(build.file('target/surefire-reports/TEST-dev.marshal.it.jobs.xml').toFile()) }
def suite = report()
assert suite.testcase*.@name*.text() as Set == ['jobs-plain', 'jobs-init', 'jobs-kernel', 'jobs-resting', 'jobs-bare'] as Set
assert suite.@failures == '0' && suite.@skipped == '2'

// nothing changed: nothing is done
build.succeeds('package').ranNothing()

// what changes for one job changes that job alone; what changes for the workload changes its jobs too
build.edit('src/main/workload/init.sh', 'made by', 'written by')
build.succeeds('marshal:explain').says('jobs-init: image: would be done again', 'jobs-init: compressed-image: up to date, unless jobs-init: image gives another result')
    .saysNot('jobs-plain: compressed-image: up to date, unless', 'jobs-kernel: image: up to date, unless')
build.write('src/main/workload/overlay/etc/another', 'for all\n')
build.succeeds('marshal:explain').says('image: would be done again: overlay/etc/another is new', 'jobs-plain: image: up to date, unless image gives another result')
    .saysNot('jobs-kernel: kernel: up to date, unless')
Files.delete(build.file('src/main/workload/overlay/etc/another'))
build.succeeds('package').ran('jobs-init: image', 'jobs-init: compressed-image', 'archive')
build.edit('src/test/workload/jobs-init/uartlog', 'made by', 'written by')

// some of them only
def chosen = build.succeeds('verify', '-Dmarshal.job=init,jobs-plain').saysNot('jobs-kernel: boots')
chosen.says('the output matches the references: jobs-init/out, jobs-init/uartlog, jobs-plain/out, jobs-plain/uartlog')
build.fails('verify', '-Dmarshal.job=nobody').says('marshal.job: there is no job \'nobody\'. Use one or more of: plain, init, kernel, resting, bare')

// one fails: the others run to their ends, and all is kept
build.edit('cat /etc/shared /etc/made &&', 'exit 7 &&')
def failing = build.fails('verify').says('\'jobs-init\' on QEMU failed: the run script exited with status 7')
assert failing.lines().any { it ==~ /\[INFO\] jobs-init +failed +[0-9.]+ s +7/ }
assert failing.lines().any { it ==~ /\[INFO\] jobs-plain +passed .*/ } && failing.lines().any { it ==~ /\[INFO\] jobs-kernel +passed .*/ }
assert ['plain', 'init', 'kernel'].every { exists('marshal/run/jobs-' + it + '/uartlog') }
suite = report()
def failure = suite.testcase.find { it.@name == 'jobs-init' }.failure
assert failure.@message.text().contains('exited with status 7') && failure.text().contains('marshal: run begins')
assert suite.testcase.find { it.@name == 'jobs-plain' }.failure.isEmpty()

// a difference is told with the job
build.edit('exit 7 &&', 'cat /etc/shared /etc/made &&')
build.edit('src/test/workload/jobs-plain/out', 'plain', 'plane')
build.fails('verify').says('1 of 6 references do not match', 'jobs-plain/out: differs:', '-plane', '+plain')
failure = report().testcase.find { it.@name == 'jobs-plain' }.failure
assert failure.text().contains('-plane') && failure.text().contains('The last lines of the console:')
assert report().testcase.find { it.@name == 'jobs-init' }.failure.isEmpty()

// what a job that is no more left behind would be taken for what was built; the outputs of its runs stay
build.edit('  - name: resting\n    launch: false\n', '')
build.edit('  # a boot binary of its own\n  - name: kernel\n    linux:\n      config: own.config\n    run: kernel.sh\n', '')
build.succeeds('package').ran('archive')
def left = build.file('target').toFile().list().findAll { it.startsWith('jobs-resting') || it.startsWith('jobs-kernel') }
assert left == [] && !exists('marshal/jobs/kernel') && exists('marshal/run/jobs-kernel/uartlog')
assert ['jobs-plain-rootfs.img', 'jobs-init-rootfs.img', 'jobs-bare-bin.elf'].every { exists(it) }
