// SPDX-License-Identifier: Apache-2.0
// The goals that only tell: the chain and its options, what would be done again, what the host lacks, and what goals there are.
import dev.marshal.it.Build
import dev.marshal.it.LastGood
import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions

def build = new Build(basedir)
def good = LastGood.of(build)

def tree = build.succeeds('marshal:tree').says('tree-explain-doctor', 'busybox-base', 'firechip (board)')
def option = { String name -> tree.lines().findAll { it.startsWith('[INFO] ' + name + ' ') } }
assert option('cpus').size() == 1
assert option('cpus')[0] =~ /cpus +2 +\[.*tree-explain-doctor.*, src\/main\/workload\/workload.yaml:3:7\]/
assert option('rootfs-size')[0].contains('busybox-base')
// inherited from the board: the fragments, and the modules
assert option('linux.config')[0].contains('trim.config')
assert option('linux.modules').any { it.contains('iceblk: ') }
assert option('linux.modules').any { it.contains('icenet: ') }
assert option('command')[0].contains('echo good')

build.succeeds('marshal:explain').says('kernel: the same inputs as dev.marshal.firechip:busybox-base:', 'boot-binary: up to date', 'image: up to date')
build.edit('echo good', 'echo better')
build.succeeds('marshal:explain').says('boot-binary: up to date', 'image: would be done again: option command changed: \'echo good\' → \'echo better\'',
        'compressed-image: up to date, unless image gives another result', 'archive: would be done again: option command of')
// files, parameters, another base
build.specification('overlay: overlay\ncommand: echo good\ncpus: 2\nmem: 1GiB\n')
build.write('src/main/workload/overlay/etc/note', 'one\n')
def permissions = { String text -> Files.setPosixFilePermissions(build.file('src/main/workload/overlay/etc/note'), PosixFilePermissions.fromString(text)) }
permissions('rw-r--r--')
good = { build.succeeds('package'); LastGood.of(build) }()
build.succeeds('marshal:explain').saysNot('would be done again')
def explains = { String reason, String... options -> build.succeeds('marshal:explain', *options).says('image: would be done again: ' + reason) }
build.write('src/main/workload/overlay/etc/note', 'two\n')
build.write('src/main/workload/overlay/etc/other', 'new\n')
explains('overlay/etc/note changed; overlay/etc/other is new')
build.write('src/main/workload/overlay/etc/note', 'one\n')
build.file('src/main/workload/overlay/etc/other').toFile().delete()
permissions('rwxr-xr-x')
explains('overlay/etc/note changed: \'644\' → \'755\'')
permissions('rw-r--r--')
explains('marshal.rootfsMargin changed: \'268435456\' → \'1073741824\'', '-Dmarshal.rootfsMargin=1GiB')
build.edit('pom.xml', '<artifactId>busybox-base<', '<artifactId>bare-base<')
build.specification('cpus: 2\nmem: 1GiB\n')
build.succeeds('marshal:explain').says('archive: would be done again: base changed: ', 'firechip:busybox-base:', 'firechip:bare-base:')
build.edit('pom.xml', '<artifactId>bare-base<', '<artifactId>busybox-base<')
build.write('src/main/workload/linux.config', 'CONFIG_LOCALVERSION="-explained"\n')
build.specification('overlay: overlay\ncommand: echo good\ncpus: 2\nmem: 1GiB\nlinux: {config: linux.config}\n')
build.succeeds('marshal:explain').says('kernel-config: would be done again: not built yet', 'image: up to date').saysNot('image: up to date, unless')
build.specification('overlay: overlay\ncommand: echo good\ncpus: 2\nmem: 1GiB\n')
build.succeeds('marshal:explain').saysNot('would be done again')
good.isStillThere()
build.specification('command: echo good\ncpus: 2\nmem: 1GiB\n')

build.succeeds('marshal:doctor').says('ok       make', 'ok       qemu-system-riscv64', 'ok       debugfs').saysNot('MISSING')
// without a project
new Build(java.nio.file.Files.createDirectories(build.file('elsewhere')).toFile()).succeeds('dev.marshal:marshal-maven-plugin:' + projectVersion + ':doctor').says('ok       make')

// for editors: written in every build, and by a goal of its own
def schema = build.file('target/marshal/workload.schema.json')
assert Files.readString(schema).contains('"post_run_hook"')
build.succeeds('marshal:schema', '-Dmarshal.schema=' + build.file('elsewhere/s.json')).ran()
assert Files.readString(build.file('elsewhere/s.json')) == Files.readString(schema)

build.succeeds('marshal:help').says('marshal:boot', 'marshal:doctor', 'marshal:explain', 'marshal:launch', 'marshal:tree', 'marshal:verify')
build.succeeds('package', '-Dmarshal.skip').says('skipped').ran()
return true
