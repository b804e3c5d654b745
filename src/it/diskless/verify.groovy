// SPDX-License-Identifier: Apache-2.0
// The diskless binary, with a root filesystem of more than 400 MB inside, boots and powers off on OpenSBI.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.LastGood
import java.nio.file.Files

def build = new Build(basedir)
def large = build.file('src/main/workload/overlay/opt/large')
Files.createDirectories(large.parent)
// nothing that compression could make small
def random = new Random(1)
large.toFile().withOutputStream { out ->
    def block = new byte[1 << 20]
    400.times {
        random.nextBytes(block)
        out.write(block)
    }
}
build.succeeds('verify', '-Dmarshal.diskless').says('boots on QEMU')
def console = GuestConsole.of(build, 'diskless')
console.says('0', 'iceblk icenet', 'in memory', LastGood.sha256(large) + '  /opt/large')
assert !console.lines().any { it.contains('EXT4-fs') }
assert Files.size(build.file('target/diskless-nodisk.elf')) > 400L << 20

// nothing is linked again without a reason
build.succeeds('package').ranNothing()

// the same on a disk
build.succeeds('verify').ranNothing()
GuestConsole.of(build, 'diskless').says('1', 'in memory', LastGood.sha256(large) + '  /opt/large')
return true
