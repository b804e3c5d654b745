// SPDX-License-Identifier: Apache-2.0
// The archetype's project: it builds, boots and matches as it is; after an edit only what depends on it is done again, and the guest shows it.
import dev.marshal.it.Archetype
import dev.marshal.it.GuestConsole
import dev.marshal.it.LastGood
import dev.marshal.uptodate.WholeOutput
import java.nio.file.Files

def build = Archetype.generate(basedir, projectVersion, 'hello')
build.succeeds('verify').says('the output matches the references: hello/machine, hello/uartlog')
def console = GuestConsole.of(build, 'hello')
console.says('Hello from a workload.', 'riscv64')
assert Files.readString(build.file('target/marshal/run/hello/machine')) == 'riscv64\n'
assert build.file('target/surefire-reports').toFile().list().any { it.startsWith('TEST-') && it.endsWith('.xml') }

// nothing changed
def nothing = build.succeeds('package').ranNothing()
println 'nothing changed: ' + nothing.elapsed().toMillis() + ' ms'

// the command
build.edit('command: cat', 'command: echo a text that nobody wrote before && cat')
build.succeeds('verify').ran('image', 'compressed-image', 'image-inputs', 'archive').ranBecause('image', 'option command changed: \'cat /etc/hello.txt').ranBecause('image', 'a text that nobody wrote before')
GuestConsole.of(build, 'hello').says('a text that nobody wrote before')

// a file of the overlay: the reference does not match any more
build.write('src/main/workload/overlay/etc/hello.txt', 'Goodbye\n')
def other = build.fails('verify').ran('image', 'compressed-image', 'image-inputs', 'archive').ranBecause('image', 'etc/hello.txt changed')
other.says('1 of 2 references', 'hello/uartlog: not found in what the run script printed; the nearest place:', '-Hello from a workload.', '+Goodbye',
        'correct the references')
println 'one file of the overlay changed: ' + build.succeeds('package').elapsed().toMillis() + ' ms'
def reference = build.file('src/test/workload/hello/uartlog')
Files.writeString(reference, Files.readString(reference).replaceFirst('Hello.*', 'Goodbye'))
build.succeeds('verify').ranNothing().says('the output matches the references')

// an output that the reference does not have
build.edit('uname -m | tee /root/machine', 'uname -m && echo other | tee /root/machine')
build.fails('verify').says('hello/machine: differs:', '-riscv64', '+other')

// what is not published any more does not stay behind
assert Files.exists(build.file('target/hello-image-inputs.tar.zst'))
build.succeeds('package', '-Dmarshal.publishImageInputs=false').ran('archive')
assert Files.notExists(build.file('target/hello-image-inputs.tar.zst'))
build.succeeds('package').ran('image-inputs', 'archive')

// a fragment: the kernel is linked again, the root filesystem stays
build.specification('overlay: overlay\nlinux:\n  config: linux.config\ncommand: uname -r\n')
build.succeeds('package')
build.write('src/main/workload/linux.config', 'CONFIG_LOCALVERSION="-edited-by-a-test"\n')
def fragment = build.succeeds('verify').ranBecause('kernel-config', 'linux.config of org.example:hello:1.0-SNAPSHOT changed')
       .ran('kernel-config', 'drivers', 'kernel', 'boot-binary', 'compressed-vmlinux', 'archive')
assert fragment.steps()['image'] == 'up to date'
assert GuestConsole.of(build, 'hello').ofScript().any { it.endsWith('-edited-by-a-test') }
println 'a fragment changed: ' + fragment.elapsed().toSeconds() + ' s'

// what was made of the same inputs before is taken, also where the project has forgotten it; and is the same as when it is made again
def digests = { ['bin.elf', 'vmlinux.elf.zst'].collect { LastGood.sha256(build.file('target/hello-' + it)) } }
def made = digests()
WholeOutput.delete(build.file('target'))
def taken = build.succeeds('package').ran('kernel-config', 'drivers', 'kernel', 'boot-binary', 'image', 'compressed-vmlinux', 'compressed-image', 'image-inputs', 'sbom', 'archive')
['drivers', 'kernel', 'boot-binary'].each { taken.says(it + ': taken from an earlier build with the same inputs') }
assert digests() == made
println 'after clean: ' + taken.elapsed().toSeconds() + ' s'
WholeOutput.delete(build.file('target'))
assert !build.succeeds('package', '-Dmarshal.reuse=false').lines().any { it.contains('taken from an earlier build') }
assert digests() == made
