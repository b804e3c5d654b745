// SPDX-License-Identifier: Apache-2.0
// The options that concern the root filesystem, over a chain of three: what is inherited as an option, what shows through the root filesystem, what goes no further.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import java.nio.file.Files
import java.nio.file.Path

def build = new Build(basedir)
def modules = ['base', 'child', 'grandchild'].collectEntries { [it, new Build(new File(basedir, it))] }
def size = { String name -> Files.size(modules[name].file("target/${name}-rootfs.img".toString())) >> 20 }
def run = { String name, String path = '' -> modules[name].file("target/marshal/run/${name}/${path}".toString()) }
def once = 'guest-init: 2 arguments, \'of the base\', in /, by 0, 1 harts\n'

// launch: false of the base is overridden by the child, and the grandchild inherits that
// (the limit: a guest that has nothing to run would wait for somebody to log in)
def log = build.succeeds('install', '-Dmarshal.runTimeout=120').says("not booted: 'launch' is false", 'child: boots on QEMU', 'grandchild: boots on QEMU')
assert !Files.exists(run('base'))
assert log.lines().count { it.contains('booting once for guest-init') } == 1
assert ['base', 'child', 'grandchild'].collect { size(it) } == [320, 320, 384]

// the child: overlay, guest-init and command of the base through its root filesystem, its outputs as an option
assert GuestConsole.of(modules.child, 'child').ofScript().containsAll(['overlay of the base', 'command in /'])
assert Files.readString(run('child', 'ran')) == 'command in /\n'
assert Files.readString(run('child', 'initialised')) == once

// the grandchild: a script of its own in place of the command, and no outputs
def guest = GuestConsole.of(modules.grandchild, 'grandchild')
guest.says("run: 2 arguments, 'two words' '--last'", 'overlay of the base', once.trim(), "disk: ${384 * 2048}".toString())
guest.says('0:0 /opt/renamed.txt: one', '0:0 /etc/two.txt: two', '0:0 /opt/folder/inner.txt: inner', '0:0 /made/two.txt: two', '0:0 /opt/other/inner.txt: inner')
assert !guest.ofScript().any { it.startsWith('command in') }
assert Files.exists(run('grandchild', 'uartlog')) && !Files.exists(run('grandchild', 'ran')) && !Files.exists(run('grandchild', 'initialised'))

// what is not inherited is not there to be applied again
modules.grandchild.succeeds('marshal:tree').saysNot('overlay  ', 'guest-init  ', 'command  ', 'files  ', '320')
modules.child.succeeds('marshal:tree').says('outputs', '[/root/ran, /etc/initialised]  [dev.marshal.it.options-of-the-guest:base:1.0').saysNot('overlay  ', 'guest-init  ', 'command  ', 'files  ')

// smaller than the base's: refused, with both sizes
modules.grandchild.edit('rootfs-size: 384MiB', 'rootfs-size: 300MiB')
modules.grandchild.fails('package').says('workload.yaml:3:14: rootfs-size is 300 MiB, but the base\'s root filesystem has 320 MiB', 'Set it to 320 MiB or more, or to 0')
assert size('grandchild') == 384

// 0: what is used and a margin; inherited, so that the grandchild is shrunk again after its own file
modules.child.edit('launch: true', 'launch: true\nrootfs-size: 0')
modules.grandchild.specification('overlay: overlay\n')
def large = new byte[20 << 20]
new Random(1).nextBytes(large)
Files.write(Files.createDirectories(modules.grandchild.file('src/main/workload/overlay/opt')).resolve('large'), large)
build.succeeds('install', '-DskipTests', '-Dmarshal.rootfsMargin=16MiB')
assert size('base') == 320
assert size('child') < 120
assert size('grandchild') >= size('child') + 10 && size('grandchild') <= size('child') + 30
return true
