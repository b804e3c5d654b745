// SPDX-License-Identifier: Apache-2.0
// Scripts that run on the host, the folder that they run in, names, and which dependency is the base.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import java.nio.file.Files

def build = new Build(basedir)
def modules = ['base', 'child', 'grandchild'].collectEntries { [it, new Build(new File(basedir, it))] }
def hook = { String name -> Files.readString(modules[name].file('target/marshal/hook.txt')) }

def log = build.fails('install').says('chain: firechip → ', 'base:1.0 → dev.marshal.it.options-of-the-host:child:1.0 → dev.marshal.it.options-of-the-host:grandchild:1.0')
// the scripts of the base ran for the base alone, with their arguments, in its workdir; post-bin after the binary, before the image
assert log.lines().count { it.contains('host-init: scripts/host-init.sh two words three') } == 1
assert log.lines().count { it.contains('post-bin: scripts/post-bin.sh for the kernel last') } == 1
assert ['renamed-bin.elf', 'renamed-rootfs.img'].every { Files.exists(modules.base.file('target/' + it)) }
def guest = GuestConsole.of(modules.base, 'renamed')
guest.says("host-init: 2 arguments, 'two words' 'three', in files", "post-bin: 2 arguments, 'for the kernel' 'last', in files", 'binary: ELF the same', 'configuration: 1 1', 'source: 1', 'image: 0')
assert guest.value('kernel') ==~ /\d+\.\d+\..*/
assert hook('base') == "hook: 3 arguments, 'two words' 'three', in files, over renamed\n"

// the child has its own name, and the base's hook, which travelled with it, in its own workdir
assert Files.exists(modules.child.file('target/child-rootfs.img'))
GuestConsole.of(modules.child, 'child').says("host-init: 2 arguments, 'two words' 'three', in files")
assert hook('child') == "hook: 3 arguments, 'two words' 'three', in workload, over child\n"
modules.child.succeeds('marshal:tree').says('post_run_hook').saysNot('host-init  ', 'post-bin  ', 'workdir  ', 'name  ')

// a hook of the grandchild's own takes its place; it fails, and so does the run
log.says('the hook of the grandchild', 'workload.yaml:2:16: post_run_hook: ')
assert !Files.exists(modules.grandchild.file('target/marshal/hook.txt'))

// of two bases, the one that is named
modules.grandchild.edit('base: child', 'base: dev.marshal.it.options-of-the-host:base')
modules.grandchild.edit('post_run_hook: failing.sh', 'launch: false')
modules.grandchild.succeeds('package').says('base:1.0 → dev.marshal.it.options-of-the-host:grandchild:1.0')
modules.grandchild.edit('base: dev.marshal.it.options-of-the-host:base', 'base: nobody')
modules.grandchild.fails('package').says('workload.yaml:1:7')
modules.grandchild.edit('base: nobody', '# no base')
modules.grandchild.fails('package').says("base")

// a script that fails ends the build
modules.base.write('src/main/workload/files/scripts/host-init.sh', '#!/bin/sh\nexit 4\n')
modules.base.fails('package').says('workload.yaml:3:12: host-init: ')
return true
