// SPDX-License-Identifier: Apache-2.0
// The same workload on bbl, with a disk and diskless, boots and powers off.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole

def build = new Build(basedir)
def source = System.getenv('MARSHAL_IT_RISCV_PK') ? ['-Dmarshal.bblSource=' + System.getenv('MARSHAL_IT_RISCV_PK')] : []

build.succeeds(*(['verify'] + source))
def console = GuestConsole.of(build, 'bbl')
console.says('hello from bbl', '2')
assert !console.lines().any { it.contains('OpenSBI') }

build.succeeds(*(['verify', '-Dmarshal.diskless'] + source)).ranNothing()
console = GuestConsole.of(build, 'bbl')
console.says('hello from bbl', '2')
assert !console.lines().any { it.contains('EXT4-fs') || it.contains('OpenSBI') }
