// SPDX-License-Identifier: Apache-2.0
// An image that was published (here: that of debian-base) as the root of a chain: as an artifact, a partitioned disk in qcow2 and a packed disk, which all give
// the same image byte for byte; it boots. What is no such image is refused, and leaves nothing behind.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.LastGood
import java.nio.file.Files

def build = new Build(basedir)
def boards = basedir.toPath().resolve('../../../../boards/firechip').toRealPath()
def sh = { String script ->
    def process = ['/bin/sh', '-ec', 'exec 2>&1; PATH=$PATH:/sbin:/usr/sbin; cd "$0"; ' + script, build.file('src/main/workload').toString()].execute()
    def said = process.text
    assert process.waitFor() == 0 : said
}
def specify = { String options ->
    build.specification('board: ' + boards.resolve('board.yaml') + '\ndistro:\n  name: prebuilt\n  opts:\n' + options
            + 'command: echo "on $(. /etc/os-release; echo $ID)"; echo "failed units $(systemctl --failed --plain --no-legend | wc -l)"; findmnt -no FSTYPE /\ncpus: 2\nmem: 1GiB\n')
}
def image = build.file('target/prebuilt-rootfs.img')

// a file system alone, packed with Zstandard
specify('    image: artifact:dev.marshal.firechip:debian-base:img.zst:rootfs:' + projectVersion + '\n')
build.succeeds('package')
def digest = LastGood.sha256(image)

// the same as the second partition of a disk
def published = new File(basedir, '../../../../boards/firechip/debian-base/target/debian-base-rootfs.img').canonicalFile
assert published.isFile()
sh("""cp --sparse=always '${published}' root.raw
size=\$((\$(stat -c %s root.raw) / 512))
truncate -s \$(((size + 65536) * 512)) disk.raw
printf 'label: gpt\\nstart=2048, size=8192, type=U, name=esp\\nstart=16384, size=%s, type=L, name=wurzel\\n' \$size | sfdisk -q disk.raw
dd if=root.raw of=disk.raw bs=1M seek=8 conv=notrunc,sparse status=none
qemu-img convert -O qcow2 disk.raw disk.qcow2
rm root.raw""")
specify('    image: disk.qcow2\n')
build.succeeds('verify')
assert LastGood.sha256(image) == digest
assert GuestConsole.of(build, 'prebuilt').ofScript() == ['on debian', 'failed units 0', 'ext4']
def good = LastGood.of(build)

// a packed disk, its partition named
sh('xz -0 -T0 --keep disk.raw; mv disk.raw.xz disk.img.xz')
specify('    image: disk.img.xz\n    partition: wurzel\n')
build.succeeds('package')
assert LastGood.sha256(image) == digest

// what cannot be
specify('    image: disk.qcow2\n    partition: home\n')
build.fails('package').says("the disk image has no partition 'home'; it has 1 'esp' (4 MiB), 2 'wurzel' (1024 MiB, Linux)", "Set 'distro.opts.partition'")
sh('truncate -s 16M none.img; printf "label: gpt\\nsize=8192, type=U, name=esp\\n" | sfdisk -q none.img; truncate -s 1M blank.raw')
specify('    image: none.img\n')
build.fails('package').says("the disk image has no Linux partition; it has 1 'esp' (4 MiB)")
specify('    image: blank.raw\n')
build.fails('package').says('there is no ext4 file system in it')
specify('    image: none.img#sha256=' + '0' * 64 + '\n')
build.fails('package').says('distro.opts.image: the source none.img', 'is not what it should be')
specify('    partition: wurzel\n')
build.fails('package').says("'distro.opts.image' is not set")
assert LastGood.sha256(image) == digest
assert !Files.exists(build.file('target/marshal/prebuilt'))
return true
