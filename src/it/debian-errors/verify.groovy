// SPDX-License-Identifier: Apache-2.0
// A Debian root that cannot be made: each message says what is wrong in the user's words, and nothing half-made is left behind.
import dev.marshal.it.Build
import java.nio.file.Files

def build = new Build(basedir)
def boards = basedir.toPath().resolve('../../../../boards/firechip').toRealPath()
def specify = { String options ->
    build.specification('board: ' + boards.resolve('board.yaml') + '\ndistro:\n  name: debian\n  opts:\n' + options + 'rootfs-size: 1GiB\n')
}
def nothingIsLeft = {
    assert !Files.exists(build.file('target/marshal/debian'))
    assert !Files.exists(build.file('target/debian-errors-rootfs.img'))
    assert !Files.exists(build.file('target/debian-errors-packages.lock'))
}

// before anything is built
specify('    suit: trixie\n    packages: [Bash, "vim; reboot"]\n')
build.fails('package').says("unknown option 'suit' of the distribution 'debian'. Did you mean 'suite'?").ran()
specify('    packages: [bash, "vim;reboot"]\n')
build.fails('package').says("'vim;reboot' is no package").ran()
specify('    mirror: nowhere\n')
build.fails('package').says("'nowhere' is no address of a mirror").ran()
Files.writeString(build.file('src/main/workload/wrong.lock'), 'nonsense\n')
specify('    lock: wrong.lock\n')
build.fails('package').says('wrong.lock:1: this line is none of a lock of packages').ran()

// the mirror, the suite, the signature, the packages
specify('    suite: [nosuch]\n')
build.fails('package').says(" has no suite 'nosuch'", "Correct 'distro.opts.suite'")
nothingIsLeft()
specify('    mirror: http://127.0.0.1:9/debian/\n')
build.fails('package').says('the mirror http://127.0.0.1:9/debian/ cannot be reached')
nothingIsLeft()
Files.write(build.file('src/main/workload/empty.gpg'), new byte[0])
specify('    suite: [testing]\n    keyring: empty.gpg\n')
build.fails('package').says("the index of the suite 'testing' of the mirror", 'is not signed by a key of the keyring')
nothingIsLeft()
specify('    suite: [testing]\n    packages: [no-such-package]\n')
build.fails('package').says("the suite 'testing' of the mirror", "has no package 'no-such-package'")
nothingIsLeft()
return true
