// SPDX-License-Identifier: Apache-2.0
// A boot binary and an image that are given are taken and booted as they are; children get both as they get those of any base.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.LastGood
import java.nio.charset.StandardCharsets
import java.nio.file.Files

def build = new Build(basedir)
def modules = ['maker', 'given', 'child', 'bare', 'bare-child'].collectEntries { [it, new Build(new File(basedir, it))] }
def made = { String name, String kind -> modules[name].file("target/${name}-${kind}".toString()) }
def sha256 = { String name, String kind -> LastGood.sha256(made(name, kind)) }

// a binary that nobody builds: by its banner
modules.maker.succeeds('package')
def text = new String(Files.readAllBytes(made('maker', 'bin.elf')), StandardCharsets.ISO_8859_1)
assert text.contains('OpenSBI v')
def binary = text.replace('OpenSBI v', 'GivenOS v').getBytes(StandardCharsets.ISO_8859_1)
['given', 'bare'].each {
    Files.write(modules[it].file('src/main/workload/boot.elf'), binary)
    Files.copy(made('maker', 'rootfs.img'), modules[it].file('src/main/workload/disk.img'))
}
def onGiven = { GuestConsole console -> console.lines().any { it.startsWith('GivenOS v') } }

// before anything boots: a machine with another image would run until its time is up
def log = build.succeeds('package')
['given', 'bare'].each {
    assert sha256(it, 'bin.elf') == LastGood.sha256(modules[it].file('src/main/workload/boot.elf'))
    assert sha256(it, 'rootfs.img') == LastGood.sha256(modules[it].file('src/main/workload/disk.img'))
}
assert !log.lines().any { it.contains('kernel-config: ') || it.contains('compiling') }

build.succeeds('install').says('given: boots on QEMU', 'child: boots on QEMU', 'bare-child: boots on QEMU')
def given = GuestConsole.of(modules.given, 'given')
given.says('in the given image')
assert onGiven(given) && !given.ofScript().contains('overlay of the child')
assert Files.readString(modules.given.file('target/marshal/run/given/ran')) == 'in the given image\n'

// children: the image with an overlay of their own; the binary, whether the chain names a kernel or not
[child: 'overlay of the child', 'bare-child': 'overlay of the bare child'].each { name, overlay ->
    def console = GuestConsole.of(modules[name], name)
    console.says('in the given image', overlay)
    assert onGiven(console)
}
['child', 'bare-child'].each { modules[it].succeeds('marshal:tree').saysNot('bin  ', 'img  ') }

// a child that wants another kernel gets one
modules.child.specification('overlay: overlay\nlinux:\n  config: own.config\n')
modules.child.write('src/main/workload/own.config', 'CONFIG_LOCALVERSION="-of-the-child"\n')
modules.child.succeeds('generate-sources').ranBecause('kernel-config', 'not built yet')

// what is not there, and what nobody could boot
modules.given.edit('bin: boot.elf\nimg: disk.img', 'bin: no.elf\nimg: no.img')
modules.given.fails('package').says("workload.yaml:1:6: bin: there is no file 'no.elf' (looked at ", "workload.yaml:2:6: img: there is no file 'no.img' (looked at ")
modules.given.edit('bin: no.elf\nimg: no.img', 'bin: boot.elf\nimg: workload.yaml')
modules.given.fails('package').says('workload.yaml:2:6: img: ', 'workload.yaml: there is no ext4 file system in it. Give an image that')
assert sha256('given', 'rootfs.img') == LastGood.sha256(modules.given.file('src/main/workload/disk.img'))
return true
