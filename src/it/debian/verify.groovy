// SPDX-License-Identifier: Apache-2.0
// A child of Debian: a package brought in by 'files' and installed by guest-init, systemd without a failing unit, a console of the script's lines alone.
import dev.marshal.it.Build
import dev.marshal.it.DiskAfterRun
import dev.marshal.it.GuestConsole
import dev.marshal.uptodate.WholeOutput
import java.nio.file.Files

def build = new Build(basedir)
// the copy of this test's folder lost the bit
assert build.file('src/main/workload/make-package.sh').toFile().setExecutable(true)
def disk = DiskAfterRun.of(build)

// the image alone, without the boot of guest-init; the second time from a warm cache, and without what is only published
build.edit('guest-init: install.sh\n', '')
def whole = build.succeeds('package')
WholeOutput.delete(build.file('target'))
def image = build.succeeds('package', '-Dmarshal.archive.skip')
println "child of debian-base, from a warm cache: ${image.elapsed().toMillis()} ms until its image is ready; ${whole.elapsed().toMillis()} ms the first time, with what is published"
assert image.elapsed().toSeconds() < 120
assert Files.exists(build.file('target/debian-rootfs.img'))
build.edit('run: facts.sh', 'guest-init: install.sh\nrun: facts.sh')

def log = build.succeeds('verify')
// nothing of systemd's or the kernel's is among what the script printed
assert GuestConsole.of(build, 'debian').ofScript() == Files.readAllLines(build.file('src/test/workload/debian/uartlog'))

def check = ['/bin/sh', '-c', 'PATH=$PATH:/sbin:/usr/sbin exec e2fsck -fn "$0"', build.file('target/debian-rootfs.img').toString()].execute()
def said = check.text
assert check.waitFor() == 0 : said
// and so is that of the run, which systemd powered off
disk.isCleanAfter(1)
return true
