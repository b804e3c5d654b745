// SPDX-License-Identifier: Apache-2.0
// bbl over a chain of three: that it is used, its source, arguments after the base's, and fragments that are for kernels on bbl only.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import java.nio.file.Files

def build = new Build(basedir)
def modules = ['base', 'child', 'grandchild'].collectEntries { [it, new Build(new File(basedir, it))] }
def source = System.getenv('MARSHAL_IT_RISCV_PK')
modules.base.edit('RISCV_PK', source)

// bbl as it never was: its logo says so
def own = modules.grandchild.file('src/main/workload/riscv-pk')
def repository = source.replaceFirst(/^git\+/, '').split('#')
[['git', 'clone', '-q', repository[0], own.toString()], ['git', '-C', own.toString(), 'checkout', '-q', repository[1]]].each { assert new ProcessBuilder(it).inheritIO().start().waitFor() == 0 }
def logo = own.resolve('bbl/riscv_logo.txt')
assert Files.size(logo) > 0
Files.writeString(logo, 'the logo of the grandchild\n')

build.succeeds('install').says('child: boots on QEMU', 'grandchild: boots on QEMU', 'the same kernel inputs as dev.marshal.it.options-of-bbl:base:1.0: nothing is compiled')
def lines = { String name ->
    def console = GuestConsole.of(modules[name], name)
    console.says('on the firmware')
    // the base's fragment
    assert console.ofScript().any { it.endsWith('-with-bbl') }
    assert !console.lines().any { it.contains('OpenSBI') }
    return console.lines()
}
// the child: the base's bbl with its logo; no device tree
def child = lines('child')
assert child.any { it.contains('INSTRUCTION SETS WANT TO BE FREE') }
assert !child.any { it.contains('compatible') && it.contains('riscv-virtio') }
// the grandchild: the logo of its own source, and what its own argument adds
def grandchild = lines('grandchild')
assert grandchild.any { it.contains('the logo of the grandchild') } && !grandchild.any { it.contains('INSTRUCTION SETS WANT TO BE FREE') }
assert grandchild.any { it.contains('compatible') && it.contains('riscv-virtio') }

// not bbl any more
modules.grandchild.specification('firmware:\n  use-bbl: false\n')
modules.grandchild.succeeds('verify')
def onOpenSbi = GuestConsole.of(modules.grandchild, 'grandchild')
assert onOpenSbi.lines().any { it.startsWith('OpenSBI v') }
assert onOpenSbi.says('on the firmware') && !onOpenSbi.ofScript().any { it.endsWith('-with-bbl') }
return true
