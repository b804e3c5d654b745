// SPDX-License-Identifier: Apache-2.0
// A child of Debian: a package brought in by 'files' and installed by guest-init, systemd without a failing unit, a console of the script's lines alone.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import java.nio.file.Files

def build = new Build(basedir)
// the copy of this test's folder lost the bit
assert build.file('src/main/workload/make-package.sh').toFile().setExecutable(true)

// the image alone, without the boot of guest-init
build.edit('guest-init: install.sh\n', '')
def image = build.succeeds('package')
println "child of debian-base, until the image is ready: ${image.elapsed().toMillis()} ms"
assert image.elapsed().toSeconds() < 120
build.edit('run: facts.sh', 'guest-init: install.sh\nrun: facts.sh')

def log = build.succeeds('verify')
// nothing of systemd's or the kernel's is among what the script printed
assert GuestConsole.of(build, 'debian').ofScript() == Files.readAllLines(build.file('src/test/workload/debian/uartlog'))

def check = ['/bin/sh', '-c', 'PATH=$PATH:/sbin:/usr/sbin exec e2fsck -fn "$0"', build.file('target/debian-rootfs.img').toString()].execute()
def said = check.text
assert check.waitFor() == 0 : said
return true
