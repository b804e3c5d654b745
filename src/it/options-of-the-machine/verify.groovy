// SPDX-License-Identifier: Apache-2.0
// The options that describe the machine, inherited and overridden, in runs and in the boot of guest-init.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.NotRun
import java.nio.file.Files

def build = new Build(basedir)
def modules = ['base', 'child', 'grandchild'].collectEntries { [it, new Build(new File(basedir, it))] }
/** What the guest saw: harts, MiB (what the kernel leaves of them), and cards of the path and of the arguments. */
def machine = { String name, String key ->
    def words = GuestConsole.of(modules[name], name).value(key).split('[ ,]+')
    return [harts: words[1] as int, mib: words[3] as int, cards: words[5] as int]
}
def of = { seen, int harts, int mib, int cards -> seen.harts == harts && seen.mib <= mib && seen.mib > mib - 100 && seen.cards == cards }

build.succeeds('install').says('child: boots on QEMU', 'grandchild: boots on QEMU')
assert !Files.exists(modules.base.file('target/marshal/run/base'))
// guest-init and the child run on the base's machine; the program is a file of the base that travelled with it
assert of(machine('child', 'guest-init'), 1, 512, 2)
assert of(machine('child', 'run'), 1, 512, 2)
// QEMU of the PATH, and arguments that take the place of the inherited ones: one card
assert of(machine('grandchild', 'run'), 2, 768, 1)
modules.grandchild.edit('qemu-args: -netdev user,id=of-args -device virtio-net-device,netdev=of-args,mac=52:54:00:00:00:03', 'qemu-args: []')
modules.grandchild.succeeds('verify')
assert of(machine('grandchild', 'run'), 2, 768, 0)

// launch: false inherited
modules.child.edit('launch: true', 'nodisk: false')
modules.child.succeeds('verify').says("not booted: 'launch' is false")
modules.child.succeeds('marshal:tree').says('spike-args                   [--of-the-base, --with a blank]', 'spike                        spike-of-the-base')
    // the script of the base runs out of its root filesystem: it is no option of the child's
    .saysNot('run  ', 'guest-init  ')

// a program that is not there, of the workload and of the host
modules.grandchild.edit('qemu: qemu-system-riscv64', 'outputs: [/root/none]\nqemu: tools/none')
modules.grandchild.fails('package').says('workload.yaml:5:7: qemu: there is no file \'tools/none\' (looked at ' + modules.grandchild.file('src/main/workload/tools/none') + ')')
modules.grandchild.edit('qemu: tools/none', 'qemu: /no/such/qemu')
modules.grandchild.fails('verify', '-Dmarshal.kernel.skip').says("workload.yaml:5:7: 'qemu' is '/no/such/qemu', which is not a program that can be started")

// not on QEMU: on Spike, the one that the base asks for
modules.grandchild.edit('qemu: /no/such/qemu', 'qemu: null\nlaunch: true')
modules.grandchild.fails('verify').says("'spike-of-the-base' was not found on the PATH")
modules.grandchild.fails('verify', '-Dmarshal.simulator=qemu').says("workload.yaml:5:7: the workload cannot run on qemu: 'qemu' is null")
modules.grandchild.edit('qemu: null', 'qemu: null\nspike: null')
modules.grandchild.fails('verify').says("the workload can run on no simulator: both 'qemu' and 'spike' are null")

def spike = System.getenv('MARSHAL_IT_SPIKE')
if (!spike) {
    return NotRun.say('options-of-the-machine on Spike', 'set MARSHAL_IT_SPIKE to the path of a Spike') || true
}
// the arguments of the base are no options of Spike's
modules.child.specification("""
nodisk: true
launch: true
qemu: null
spike: tools/spike
spike-args: --isa=rv64gc_zicntr
""")
modules.child.write('src/main/workload/tools/spike', '#!/bin/sh\necho "called as spike $*"\nexec ' + spike + ' "$@"\n')
modules.child.file('src/main/workload/tools/spike').toFile().setExecutable(true, false)
modules.child.succeeds('verify', '-Dmarshal.diskless').says('boots on Spike')
assert GuestConsole.of(modules.child, 'child').lines().any { it.startsWith('called as spike -p1 -m512 --isa=rv64gc_zicntr') }
assert of(machine('child', 'run'), 1, 512, 0)
return true
