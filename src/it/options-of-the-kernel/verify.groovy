// SPDX-License-Identifier: Apache-2.0
// The kernel, its modules and its firmware over a chain of three: what a workload says is added to what its base says, and wins.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.LastGood
import java.nio.charset.StandardCharsets
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

// BusyBox as it never was: its version says so, and its configuration leaves out an applet of the base's
def bytes = { Path file -> new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) }
def busybox = { String name -> [text: bytes(modules[name].file('target/marshal/initramfs.cpio'))].with { [own: it.text.contains('-of-the-child'), factor: it.text.contains('\0factor\0')] } }
assert busybox('base') == [own: false, factor: true]
def ownBusybox = modules.child.file('src/main/workload/busybox')
assert new ProcessBuilder('cp', '-a', source('include/applets.src.h').toString(), ownBusybox.toString()).start().waitFor() == 0
def makefile = ownBusybox.resolve('Makefile')
Files.writeString(makefile, Files.readString(makefile).replaceFirst(/(?m)^EXTRAVERSION =.*$/, 'EXTRAVERSION = -of-the-child'))
def board = basedir.toPath().resolve('../../../../boards/firechip/busybox/busybox.config')
modules.child.write('src/main/workload/busybox.config', Files.readString(board) + '# CONFIG_FACTOR is not set\n')
def own = """
busybox:
  source: busybox
  config: busybox.config
firmware:
  opensbi-src: ../../../../grandchild/src/main/workload/opensbi
linux:
  source: debian:linux-source
"""
modules.child.specification('launch: true\n' + own)
modules.child.succeeds('marshal:explain').saysNot('kernel: the same inputs as')
modules.child.succeeds('install')
assert busybox('child') == [own: true, factor: false]
// a grandchild has all of it from the child, and not from the board
modules.grandchild.specification('launch: false\n')
modules.grandchild.succeeds('package').says('the same kernel inputs as dev.marshal.it.options-of-the-kernel:child:1.0: nothing is compiled')
assert LastGood.sha256(modules.grandchild.file('target/grandchild-bin.elf')) == LastGood.sha256(modules.child.file('target/child-bin.elf'))
def tree = modules.grandchild.succeeds('marshal:tree').lines()
['linux.source', 'firmware.opensbi-src', 'busybox.source', 'busybox.config'].each { option ->
    assert tree.any { it.contains(option) && it.contains('[dev.marshal.it.options-of-the-kernel:child:1.0') }
}

// Linux as it never was: links to the source that all use, and a makefile of its own; its configuration and modules say what they are of
def linux = Files.createDirectories(modules.grandchild.file('src/main/workload/linux'))
source('arch/riscv/Kconfig').toFile().listFiles().findAll { !it.name.startsWith('marshal-build-') }.each { Files.createSymbolicLink(linux.resolve(it.name), it.toPath()) }
makefile = linux.resolve('Makefile')
def text = Files.readString(makefile)
Files.delete(makefile)
Files.writeString(makefile, text.replaceFirst(/(?m)^EXTRAVERSION =.*$/, 'EXTRAVERSION = -of-its-own'))
modules.grandchild.specification('linux:\n  source: linux\n')
// the child's kernel was taken so far, and nothing compiled
modules.grandchild.succeeds('generate-sources', 'marshal:drivers').ranBecause('kernel-config', 'not built yet')
assert Files.readString(modules.grandchild.file('target/marshal/linux.config')).contains('-of-its-own Kernel Configuration')
def module = modules.grandchild.file('target/marshal/drivers').toFile().with { folder -> def found = []; folder.eachFileRecurse { if (it.name == 'iceblk.ko') { found << it } }; found }
assert module.size() == 1 && bytes(module[0].toPath()) =~ /vermagic=\S+-of-its-own\S* /
return true
