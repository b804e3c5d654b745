// SPDX-License-Identifier: Apache-2.0
// A root filesystem is published as the difference from that of a release: small, quickly made an image of again, and on nothing else than what it was made from.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.LastGood

final long MEBI = 1 << 20
def cache = "-Dmarshal.cache=${new File(basedir, 'cache')}".toString()
def otherCache = "-Dmarshal.cache=${new File(basedir, 'other-cache')}".toString()

/** What no compression makes smaller. */
def payload = { String path, int mebibytes, long seed ->
    def file = new File(basedir, path)
    file.parentFile.mkdirs()
    def random = new Random(seed)
    byte[] part = new byte[1 << 20]
    file.withOutputStream { out ->
        mebibytes.times {
            random.nextBytes(part)
            out.write(part)
        }
    }
    return file
}
payload('big/src/main/workload/overlay/opt/payload', 400, 1)
def own = payload('child/src/main/workload/overlay/opt/own', 1, 2)

def build = new Build(basedir)
def big = new Build(new File(basedir, 'big'))
def child = new Build(new File(basedir, 'child'))
def consumer = new Build(new File(basedir, 'consumer'))

// busybox-base is a snapshot: what stands on it is published whole
def log = build.succeeds('install', '-DskipTests', cache)
assert big.file('target/big-rootfs.img.zst').toFile().exists()
assert !big.file('target/big-rootfs.qcow2').toFile().exists()
assert !child.file('target/child-rootfs.img.zst').toFile().exists()
long image = child.file('target/child-rootfs.img').toFile().length()
long whole = big.file('target/big-rootfs.img.zst').toFile().length()
long sent = child.file('target/child-rootfs.qcow2').toFile().length()
println "publish-difference: image of the base ${image / MEBI as long} MiB, published whole as ${(whole / MEBI) as long} MiB; a child that adds 1 MiB: ${sent} bytes (limit ${2 * MEBI})"
assert image == 600 * MEBI
assert whole > 400 * MEBI
assert sent > MEBI && sent <= 2 * MEBI
assert build.succeeds('package', '-DskipTests', cache).text().count('image-difference: up to date') == 1

// somebody else's child gets both and lays one over the other; it runs
log = consumer.succeeds('verify', '-o', otherCache)
def unpackings = { text ->
    def seconds = [:]
    (text =~ /unpacked the root filesystem of \S+:(\w+):1\.0 in ([\d.]+) s/).each { seconds[it[1]] = it[2] as double }
    return seconds
}
def unpacked = unpackings(log.text())
println "publish-difference: base unpacked in ${unpacked.big} s, image of base and difference in ${unpacked.child} s (limit 3 s)"
assert unpacked.keySet() == ['big', 'child'] as Set
// what else the host does at the moment does not count: the best of three
double best = unpacked.child
for (int i = 0; best > 3 && i < 2; i++) {
    new File(basedir, 'other-cache/images').listFiles().max { it.lastModified() }.delete()
    new File(basedir, 'consumer/target').deleteDir()
    double again = unpackings(consumer.succeeds('package', '-o', otherCache).text()).child ?: best
    println "publish-difference: once more, ${again} s"
    best = Math.min(best, again)
}
if (!new File(basedir, 'consumer/target/marshal/run/consumer/uartlog').exists()) {
    consumer.succeeds('verify', '-o', otherCache)
}
assert best <= 3
GuestConsole.of(consumer, 'consumer').says(LastGood.sha256(own.toPath()) + '  /opt/own', 'consumer')
def images = new File(basedir, 'other-cache/images').listFiles().findAll { it.name.endsWith('.img') }
assert images.size() == 2
assert images.count { java.nio.file.Files.mismatch(it.toPath(), child.file('target/child-rootfs.img')) == -1L } == 1

// the consumer's own is a difference from a difference; or whole, if that is wanted
def difference = consumer.file('target/consumer-rootfs.qcow2').toFile()
assert difference.length() < MEBI
consumer.succeeds('package', '-o', otherCache, '-Dmarshal.publishDifference=false').ran('compressed-image', 'archive')
assert consumer.file('target/consumer-rootfs.img.zst').toFile().length() > 400 * MEBI

// a release that is published again with other content
big.edit('rootfs-size: 600MiB', 'rootfs-size: 601MiB')
big.succeeds('install', '-DskipTests', '-o', cache)
consumer.edit('echo consumer', 'echo again')
new File(basedir, 'other-cache/images').listFiles().each { it.delete() }
consumer.fails('package', '-o', otherCache).says('the root filesystem of dev.marshal.it.publish-difference:child:1.0 is published as the difference from that of dev.marshal.it.publish-difference:big:1.0, but from another one than is there',
        'A release must not be published twice')

// gigabytes that nobody wants to keep
['cache', 'other-cache', 'big', 'child/target', 'consumer/target'].each { new File(basedir, it).deleteDir() }
def repository = new File(System.getProperty('maven.repo.local') ?: "${System.getProperty('user.home')}/.m2/repository", 'dev/marshal/it/publish-difference')
repository.deleteDir()
return true
