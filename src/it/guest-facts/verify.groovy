// SPDX-License-Identifier: Apache-2.0
// What the guest sees of its machine and of what the specification brought, and what is copied out of it.
import dev.marshal.it.Build
import dev.marshal.it.DiskAfterRun
import dev.marshal.it.GuestConsole
import dev.marshal.it.LastGood
import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions

def build = new Build(basedir)
// git keeps no setuid bit
def tool = build.file('src/main/workload/overlay/usr/local/bin/tool')
assert new ProcessBuilder('chmod', '4755', tool.toString()).start().waitFor() == 0
['guest-init.sh', 'facts.sh'].each { Files.setPosixFilePermissions(build.file('src/main/workload/' + it), PosixFilePermissions.fromString('rwxr-xr-x')) }

def disk = DiskAfterRun.of(build)

build.succeeds('verify')
// its version is known to the next build
assert Files.readAllLines(build.file('target/marshal/digests')).any { it.endsWith('/qemu-img') }
def good = LastGood.of(build)
def facts = GuestConsole.of(build, 'guest-facts')
assert facts.value('modules') == 'iceblk icenet'
assert facts.value('harts') == '1'
assert facts.value('arguments') == '4'
facts.says('argument: one', 'argument: two words', 'argument: $HOME', 'argument: it\'s')
def owners = facts.ofScript().findAll { it.startsWith('owner: ') }
assert owners.size() == 7
assert owners.every { it.startsWith('owner: 0:0 /') }
assert facts.value('tool\'s mode') == '4755'
assert facts.value('blanks') == 'blanks'
assert facts.value('quoted') == 'quotes'
assert facts.value('inner') == 'inner'
assert facts.value('guest-init ran') == 'guest-init: 2 arguments, last \'second word\', in /, as 0'
assert facts.value('disk') == (320 * 2048).toString()
// the base has 256 MiB
assert facts.value('root filesystem') as int > 270

def run = 'target/marshal/run/guest-facts/'
assert Files.readString(build.file(run + 'results/first.txt')) == 'first\n'
assert Files.readString(build.file(run + 'results/deep/second file')) == 'second\n'
assert Files.readString(build.file(run + 'single')) == 'single\n'

// once more, with four harts: nothing is built, the runs left no trace in the image, and guest-init does not run again
build.edit('cpus: 1', 'cpus: 4')
assert build.succeeds('verify').steps()['boot-binary'] == 'up to date'
facts = GuestConsole.of(build, 'guest-facts')
assert facts.value('harts') == '4'
assert facts.value('guest-init ran') == 'guest-init: 2 arguments, last \'second word\', in /, as 0'
assert LastGood.sha256(build.file('target/guest-facts-rootfs.img')) == good.digest('guest-facts-rootfs.img')
disk.isCleanAfter(2)
