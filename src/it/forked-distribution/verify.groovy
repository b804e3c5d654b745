// SPDX-License-Identifier: Apache-2.0
// Children that change an option of the distribution: the chain below them is built again, once for all that want the same, and the base stays as it is.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.LastGood

def build = new Build(basedir)
def module = { String name -> new Build(new File(basedir, name)) }
def ofBase = ['overlay of the base', 'file of the base', 'mode 4755']
def again = 'making the root filesystem of dev.marshal.it.forked-distribution:base:1.0 again, with other options of the distribution \'busybox\''
def count = { log, text -> log.lines().count { it.contains(text) } }

// nothing keeps these from the test before: empty folders and modes are kept by no version control, and an earlier run made this very fork
assert new File(basedir, 'base/src/main/workload/overlay/srv/empty').mkdirs()
assert new ProcessBuilder('chmod', '4755', module('base').file('src/main/workload/tool').toString()).inheritIO().start().waitFor() == 0
def fragment = '# ' + System.nanoTime() + '\n# CONFIG_FACTOR is not set\n'
module('one').write('src/main/workload/busybox.config', fragment)
module('other').write('src/main/workload/elsewhere/busybox.config', fragment)

def log = build.succeeds('verify')
assert count(log, again) == 1
assert count(log, 'booting once for guest-init') == 2
def base = LastGood.sha256(module('base').file('target/base-rootfs.img'))

// the base has what it had, and so has who repeats its options
['base', 'unchanged'].each { GuestConsole.of(module(it), it).says('6: 2 3', 'guest-init once, with factor', *ofBase) }

// the fork has all that the base adds, on another BusyBox
['one', 'other'].each {
    def console = GuestConsole.of(module(it), it)
    console.says('guest-init once, without factor', *ofBase)
    assert !console.ofScript().contains('6: 2 3')
}

// up to date; an edit of the child's own forks nothing
build.succeeds('package').ranNothing()
module('one').write('src/main/workload/overlay/etc/more', 'more\n')
assert count(build.succeeds('package'), again) == 0

// the same options again: another fragment makes another fork, of this child alone
module('one').write('src/main/workload/busybox.config', fragment + '# CONFIG_ED is not set\n')
def edited = build.succeeds('package')
assert count(edited, again) == 1
edited.says('distro.opts.config')
assert LastGood.sha256(module('base').file('target/base-rootfs.img')) == base
return true
