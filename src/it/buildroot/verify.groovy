// SPDX-License-Identifier: Apache-2.0
// Buildroot as a distribution: built from the source that MARSHAL_IT_BUILDROOT names, it boots and runs the command.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole

def boards = basedir.toPath().resolve('../../../../boards/firechip').toRealPath()
def build = new Build(new File(basedir, 'workload'))
build.write('src/main/workload/buildroot.config', 'BR2_TARGET_GENERIC_HOSTNAME="buildroot-test"\n')
build.specification('board: ' + boards.resolve('board.yaml') + '\ndistro:\n  name: br\n  opts:\n    source: ' + System.getenv('MARSHAL_IT_BUILDROOT') +
        '\n    configs: buildroot.config\nrootfs-size: 256MiB\ncommand: hostname && ls /etc/init.d/S99run\ncpus: 1\nmem: 1GiB\n')
build.succeeds('verify', '-Dmarshal.version=' + projectVersion)
GuestConsole.of(build, 'br').says('buildroot-test', '/etc/init.d/S99run')
build.succeeds('package', '-Dmarshal.version=' + projectVersion).ranNothing()
return true
