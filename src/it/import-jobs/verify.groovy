// SPDX-License-Identifier: Apache-2.0
// A FireMarshal workload with three jobs and a guest-init each, one of them on another workload of the user's: imported, it builds, runs and agrees with its references unedited.
import dev.marshal.it.Build
import java.nio.file.Files

def here = new Build(basedir)
// copies of a test's folder lose the bit
['trio/init.sh', 'trio/run.sh', 'trio/expected.sh', 'other/make-notes.sh'].each { assert here.file('workloads/' + it).toFile().setExecutable(true) }
here.succeeds('dev.marshal:marshal-maven-plugin:' + projectVersion + ':import', '-Dmarshal.spec=workloads/trio.yaml', '-Dmarshal.output=imported', '-Dmarshal.groupId=dev.marshal.it.imported')
    .says('not mapped', 'trio.yaml:8:3: \'out-dir\' is FireMarshal\'s own', 'imported other, trio to ')
assert Files.readString(here.file('imported/trio/src/main/workload/workload.yaml')).contains('# three machines of one set')

def imported = new Build(here.file('imported').toFile())
imported.succeeds('verify').says('the output matches the references')
// the kernel speaks whenever something happens, also between two lines of the script
def run = { String job -> Files.readAllLines(here.file('imported/trio/target/marshal/run/trio-' + job + '/uartlog')).findAll { !(it =~ /^\[ *\d+\.\d+\] /) }.collect { it + '\n' }.join() }
assert run('one').contains('built for one on riscv64\nof all jobs of the set\n')
assert run('three').contains('nothing of the set\nCONFIG_IKCONFIG_PROC=y\niceblk.ko\n')
assert Files.readString(here.file('imported/trio/target/marshal/run/trio-two/result')) == 'built for two on riscv64\ninput\n'
// the original is left as it is
assert !here.file('workloads/other/notes').toFile().exists()
// a reference that is not met fails the build
imported.write('trio/src/main/workload/trio/refOutput/trio-two/result', 'something else\n')
imported.fails('verify').says('trio-two/result')
return true
