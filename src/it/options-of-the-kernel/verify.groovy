// SPDX-License-Identifier: Apache-2.0
// The kernel, its modules and its firmware over a chain of three: what a workload says is added to what its base says, and wins.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.LastGood
import java.nio.file.Files
import java.nio.file.Path

def build = new Build(basedir)
def modules = ['base', 'child', 'grandchild'].collectEntries { [it, new Build(new File(basedir, it))] }
/** A source that builds use, by a file that it has. */
def source = { String file -> new File(System.getProperty('user.home'), '.cache/marshal/sources').listFiles().find { new File(it, file).file }.toPath() }

// OpenSBI as it never was
def opensbi = modules.grandchild.file('src/main/workload/opensbi')
assert new ProcessBuilder('cp', '-a', source('include/sbi/sbi_version.h').toString(), opensbi.toString()).start().waitFor() == 0
def version = opensbi.resolve('include/sbi/sbi_version.h')
Files.writeString(version, Files.readString(version).replaceFirst(/VERSION_MAJOR \d+/, 'VERSION_MAJOR 77'))

build.succeeds('install').says("'linux-config' is the older spelling of 'linux.config'", 'the same kernel inputs as dev.marshal.it.options-of-the-kernel:base:1.0: nothing is compiled')
// the child: all as the base has it
def child = GuestConsole.of(modules.child, 'child')
assert child.ofScript().any { it.endsWith('-of-the-base') }
child.says('CONFIG_LOCALVERSION="-of-the-base"', 'CONFIG_DEFAULT_HOSTNAME="hostofbase"', 'modules: hello iceblk', 'brought by the base')
assert child.lines().any { it.contains('when-the-base-was-built') } && child.lines().any { it ==~ /OpenSBI v\d+\.\d+.*/ && !it.contains('v77') }
assert LastGood.sha256(modules.child.file('target/child-bin.elf')) == LastGood.sha256(modules.base.file('target/base-bin.elf'))

// the grandchild: the base's fragment below its own, a module replaced, one added, one removed; arguments after the base's
def grandchild = GuestConsole.of(modules.grandchild, 'grandchild')
assert grandchild.ofScript().any { it.endsWith('-of-the-grandchild') }
grandchild.says('CONFIG_LOCALVERSION="-of-the-grandchild"', 'CONFIG_DEFAULT_HOSTNAME="hostofbase"', 'modules: extra hello')
assert grandchild.ofScript().count { it == 'brought by the grandchild' } == 2 && !grandchild.ofScript().contains('brought by the base')
assert grandchild.lines().any { it.contains('when-the-grandchild-was-built') } && grandchild.lines().any { it.startsWith('OpenSBI v77.') }

// Linux as it never was: links to the source that all use, and a makefile of its own; its configuration says what it is of
def linux = Files.createDirectories(modules.grandchild.file('src/main/workload/linux'))
source('arch/riscv/Kconfig').toFile().listFiles().findAll { !it.name.startsWith('marshal-build-') }.each { Files.createSymbolicLink(linux.resolve(it.name), it.toPath()) }
def makefile = linux.resolve('Makefile')
def text = Files.readString(makefile)
Files.delete(makefile)
Files.writeString(makefile, text.replaceFirst(/(?m)^EXTRAVERSION =.*$/, 'EXTRAVERSION = -of-its-own'))
modules.grandchild.edit('linux:', 'linux:\n  source: linux')
modules.grandchild.succeeds('generate-sources').ranBecause('kernel-config', 'linux.source')
assert Files.readString(modules.grandchild.file('target/marshal/linux.config')).contains('-of-its-own Kernel Configuration')

// BusyBox of its own: the base's binary, which has another inside, will not do
def explained = { String busybox ->
    modules.child.specification('launch: true\n' + busybox)
    return modules.child.succeeds('marshal:explain')
}
explained('').says('kernel: the same inputs as dev.marshal.it.options-of-the-kernel:base:1.0')
modules.child.write('src/main/workload/busybox.config', '# CONFIG_FACTOR is not set\n')
explained('busybox:\n  config: busybox.config\n').saysNot('kernel: the same inputs as')
modules.child.write('src/main/workload/busybox/Makefile', '# another BusyBox\n')
explained('busybox:\n  source: busybox\n').saysNot('kernel: the same inputs as')
return true
