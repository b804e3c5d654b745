// SPDX-License-Identifier: Apache-2.0
// A guest that exits non-zero, hangs or panics fails the build at once, with its last lines and the place of the whole console.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.LastGood

def build = new Build(basedir)
def good = LastGood.of(build)
def console = build.file('target/marshal/run/failing-guest/uartlog')

build.fails('verify').says('\'failing-guest\' on QEMU', 'failed: the run script exited with status 3', 'its last lines:', 'The whole console is in ' + console)
GuestConsole.of(build, 'failing-guest').says('before')
good.isStillThere()

build.edit('command: echo before; exit 3', 'command: echo sleeping; sleep 1000\ntesting:\n  runTimeout: 30')
def hangs = build.fails('verify').says('did not power off within its time limit of 30 s; the run script began and did not end', 'raise \'testing.runTimeout\'', 'The whole console is in ' + console)
assert hangs.elapsed().toSeconds() < 120
GuestConsole.of(build, 'failing-guest').says('sleeping')

// init ends: the file of the overlay takes the place of the base's link to BusyBox
build.write('src/main/workload/overlay/sbin/init', '#!/bin/sh\necho init ends\nexit 0\n')
build.file('src/main/workload/overlay/sbin/init').toFile().setExecutable(true, false)
build.edit('command: echo sleeping; sleep 1000\ntesting:\n  runTimeout: 30', 'command: echo never\noverlay: overlay')
build.succeeds('package')
good = LastGood.of(build)
def panic = build.fails('verify').says('stopped after', 'Kernel panic - not syncing: Attempted to kill init!', 'The whole console is in ' + console)
assert panic.elapsed().toSeconds() < 120
good.isStillThere()
