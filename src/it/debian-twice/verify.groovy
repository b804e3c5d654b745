// SPDX-License-Identifier: Apache-2.0
// Debian of one lock: the same bytes in another folder, locale, time zone and umask; and configured in a boot of the emulated machine, what boots as well.
import dev.marshal.it.Build
import dev.marshal.it.DiskAfterRun
import dev.marshal.it.GuestConsole
import java.nio.file.Files

def boards = basedir.toPath().resolve('../../../../boards/firechip').toRealPath()
def lock = boards.resolve('debian-base/target/debian-base-packages.lock')
assert Files.isRegularFile(lock) : "$lock is missing: mvn -f boards/pom.xml install -Pdistributions makes it, as scripts/test does"
def make = { String folder, String more ->
    def workload = new File(basedir, folder)
    assert new ProcessBuilder('cp', '-R', new File(basedir, 'workload').toString(), workload.toString()).inheritIO().start().waitFor() == 0
    def build = new Build(workload)
    Files.createDirectories(build.file('src/main/workload'))
    Files.copy(lock, build.file('src/main/workload/packages.lock'))
    build.specification("board: ${boards}/board.yaml\ndistro:\n  name: debian\n  opts:\n    lock: packages.lock\n" + more)
    return build
}
def arguments = ['-Dmarshal.version=' + projectVersion, '-Dmarshal.archive.skip'] as String[]
def image = { Build build -> build.file('target/twice-rootfs.img') }

def one = make('one', '')
def log = one.succeeds('package', *arguments)
println log.lines().find { it.contains('put together in') }
def other = make('another-folder', '').environment('TZ', 'Asia/Tokyo').environment('LC_ALL', 'C.UTF-8')
other.succeeds('package', *arguments)
def differs = Files.mismatch(image(one), image(other))
assert differs == -1L : "from byte $differs on"

def emulated = make('emulated', '    emulated: true\ncommand: echo "failed units $(systemctl --failed --plain --no-legend | wc -l)"; dpkg --audit; dpkg-query -W | wc -l\ncpus: 2\nmem: 1GiB\nqemu: qemu-then-check.sh\n')
def disk = DiskAfterRun.of(emulated)
def second = emulated.succeeds('verify', *arguments)
println second.lines().find { it.contains('put together in') }
assert GuestConsole.of(emulated, 'twice').ofScript() == ['failed units 0', Files.readAllLines(lock).count { it.endsWith('.deb') }.toString()]
disk.isCleanAfter(1)
return true
