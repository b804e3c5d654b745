// SPDX-License-Identifier: Apache-2.0
// A program that the host lacks is named, with what it is for and the package that brings it.
import dev.marshal.it.Build
import dev.marshal.it.HostPrograms
import dev.marshal.it.LastGood

def build = new Build(basedir)
def good = LastGood.of(build)

build.environment('PATH', HostPrograms.allBut(build.file('no-qemu'), 'qemu-system-riscv64').toString())
build.fails('verify').says('\'qemu-system-riscv64\' was not found on the PATH; it is needed to boot workloads', 'qemu-system-misc').ran()
build.fails('marshal:doctor').says('MISSING  qemu-system-riscv64', 'ok       make', '\'qemu-system-riscv64\' was not found on the PATH')
good.isStillThere()

build.environment('PATH', HostPrograms.allBut(build.file('no-cross-compiler'), 'riscv64-linux-gnu-gcc', 'riscv64-unknown-linux-gnu-gcc', 'riscv64-buildroot-linux-gnu-gcc').toString())
build.write('src/main/workload/linux.config', 'CONFIG_LOCALVERSION="-other"\n')
build.specification('command: echo good\nlinux:\n  config: linux.config\n')
build.fails('package').says('\'riscv64-linux-gnu-gcc\' was not found on the PATH; it is needed to compile for RISC-V', 'gcc-riscv64-linux-gnu').ran()
good.isStillThere()
