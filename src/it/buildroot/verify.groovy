// SPDX-License-Identifier: Apache-2.0
// Buildroot as a distribution, from the source that MARSHAL_IT_BUILDROOT names: a base boots, runs its script and powers off; children that add a fragment fork
// it, once. MARSHAL_IT_BUILDROOT_DL names a folder with the sources of all packages: no network is needed then.
import dev.marshal.it.Build
import dev.marshal.it.DiskAfterRun
import dev.marshal.it.GuestConsole

def boards = basedir.toPath().resolve('../../../../boards/firechip').toRealPath()
def downloads = System.getenv('MARSHAL_IT_BUILDROOT_DL')
def arguments = downloads ? ['-Dmarshal.buildroot.downloads=' + downloads] : []
def build = new Build(basedir)
def module = { String name -> new Build(new File(basedir, name)) }
def count = { log, text -> log.lines().count { it.contains(text) } }
def again = 'making the root filesystem of dev.marshal.it.buildroot:base:1.0 again'
def run = '''command: hostname; id -un; echo /etc/init.d/S99*; lsmod | sed -n 's/^\\(ice[a-z]*\\) .*/module \\1/p' | sort
cpus: 1
mem: 512MiB
qemu: qemu-then-check.sh
'''

// no earlier run of this test has built these
def unique = System.nanoTime()
module('base').write('src/main/workload/buildroot.config', "# ${unique}\nBR2_TARGET_GENERIC_HOSTNAME=\"of-base\"\n")
module('base').specification('board: ' + boards.resolve('board.yaml') + '\ndistro:\n  name: br\n  opts:\n    source: ' + System.getenv('MARSHAL_IT_BUILDROOT') +
        '\n    configs: buildroot.config\nrootfs-size: 128MiB\n' + run)
['one', 'other'].each {
    module(it).write("src/main/workload/more.config", "# ${unique}\nBR2_TARGET_GENERIC_HOSTNAME=\"of-children\"\n")
    module(it).specification("distro:\n  name: br\n  opts:\n    configs: more.config\n" + run)
}
def disks = ['base', 'one', 'other'].collectEntries { [it, DiskAfterRun.of(module(it))] }

def log = build.succeeds('verify', *arguments)
println log.lines().findAll { it =~ /running Buildroot|made the root filesystem/ }.join('\n')
assert count(log, 'running Buildroot: done') == 2
assert count(log, again) == 1
GuestConsole.of(module('base'), 'base').says('of-base', 'root', '/etc/init.d/S99run', 'module iceblk')
['one', 'other'].each { GuestConsole.of(module(it), it).says('of-children', 'root', '/etc/init.d/S99run', 'module iceblk') }
// each powered off, and its disk is clean
disks.values().each { it.isCleanAfter(1) }
build.succeeds('package', *arguments).ranNothing()
return true
