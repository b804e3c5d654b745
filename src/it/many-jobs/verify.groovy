// SPDX-License-Identifier: Apache-2.0
// Eight jobs on whatever this host has: all finish, none is starved to its time limit, and their memory stays within the host's.
import dev.marshal.it.Build

def build = new Build(basedir)
def most = { log ->
    int running = 0
    int highest = 0
    def begun = [] as Set
    log.lines().each {
        def boots = it =~ /\[INFO\] (many-jobs-j\d): boots on QEMU/
        def ended = it =~ /\[INFO\] (many-jobs-j\d): ended/
        if (boots.find()) {
            begun << boots.group(1)
            highest = Math.max(highest, ++running)
        } else if (ended.find()) {
            running--
        }
    }
    assert begun.size() == 8
    highest
}

def log = build.succeeds('verify')
(0..7).each { number -> assert log.lines().any { it ==~ '\\[INFO\\] many-jobs-j' + number + ' +passed +[0-9.]+ s +0' } }
long memory = (new File('/proc/meminfo').text =~ /MemTotal: +(\d+) kB/)[0][1].toLong() / 1024 / 1024
int side = Math.max(1, Math.min(Runtime.runtime.availableProcessors(), (int) (memory / 8 * 7 / 4)))
assert most(log) <= side
assert side < 2 || most(log) > 1

// as many as the user says
assert most(build.succeeds('verify', '-Dmarshal.parallelJobs=1')) == 1
