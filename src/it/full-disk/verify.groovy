// SPDX-License-Identifier: Apache-2.0
// A root filesystem that is too small, and disks of the host that are full: the message says so, and what was built before stays.
import dev.marshal.it.Build
import dev.marshal.it.HostPrograms
import dev.marshal.it.LastGood
import dev.marshal.it.NotRun
import java.nio.file.Files

def build = new Build(basedir)
def good = LastGood.of(build)

// the overlay is larger than what is free in the image
def large = build.file('src/main/workload/overlay/large').toFile()
def block = new byte[1 << 20]
Arrays.fill(block, (byte) 90) // zeros would become holes
large.withOutputStream { out -> 270.times { out.write(block) } }
build.fails('package').says('the root file system is too small', 'MiB are added', 'Set rootfs-size to at least').ranBecause('image', 'large is new')
good.isStillThere()
assert large.delete()

// disks of a few MiB, which only the build sees
if (!HostPrograms.works(30, 'unshare', '-Urm', 'mount', '-t', 'tmpfs', 'full', '/tmp')) {
    NotRun.say('full-disk', 'this host does not let users make namespaces of their own (unshare -Urm), so no small disk can be made')
    return true
}
build.edit('echo good', 'echo another')

// the cache's
build.launcher(build.file('small-cache'))
build.environment('CACHE', Files.createDirectories(build.file('cache')).toString())
build.fails('package', '-Dmarshal.cache=' + build.file('cache')).says('the disk is full', 'Make room, or move the cache to another disk with -Dmarshal.cache=DIR')
good.isStillThere()

// the project's
def after = Files.createDirectories(build.file('after'))
build.launcher(build.file('small-target')).environment('TARGET', build.file('target').toString()).environment('AFTER', after.toString())
        .environment('DISK', Files.createDirectories(build.file('disk')).toString())
build.fails('package').says('full')
good.isStillIn(after)
good.isStillThere()

build.launcher(null)
build.succeeds('package')
return true
