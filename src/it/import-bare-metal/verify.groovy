// SPDX-License-Identifier: Apache-2.0
// A bare-metal workload of FireMarshal's: its script compiles with riscv64-unknown-elf-gcc, whatever the host's compiler is called; simulators run the result as it is.
import dev.marshal.it.Build
import dev.marshal.it.HostPrograms
import dev.marshal.it.NotRun

def here = new Build(basedir)
// copies of a test's folder lose the bit
assert here.file('workloads/hello/build.sh').toFile().setExecutable(true)
def goal = 'dev.marshal:marshal-maven-plugin:' + projectVersion + ':import'
here.succeeds(goal, '-Dmarshal.spec=workloads/hello.json', '-Dmarshal.output=imported').says('imported hello to ').saysNot('not mapped')
// the original is left as it is, and nothing is overwritten
assert !here.file('workloads/hello/hello').toFile().exists()
here.fails(goal, '-Dmarshal.spec=workloads/hello.json', '-Dmarshal.output=imported').says('the output folder is not empty; nothing in it is overwritten')

def imported = new Build(here.file('imported').toFile())
imported.succeeds('verify').says('boots on QEMU', 'the output matches the references: hello/uartlog')
// the reference counts
imported.write('src/main/workload/hello/refOutput/hello/uartlog', 'hello from elsewhere\n')
imported.fails('verify').says('hello from elsewhere')
imported.write('src/main/workload/hello/refOutput/hello/uartlog', 'hello from the bare machine\n')

def named = System.getenv('MARSHAL_IT_SPIKE')
if (named || HostPrograms.find('spike').present) {
    imported.edit('"cpus" : 1', '"spike" : "' + (named ?: HostPrograms.find('spike').get()) + '", "cpus" : 1')
    imported.succeeds('verify', '-Dmarshal.simulator=spike').says('boots on Spike', 'the output matches the references: hello/uartlog')
} else {
    NotRun.say('import-bare-metal on Spike', 'there is no spike on the PATH; set MARSHAL_IT_SPIKE to its path')
}
return true
