// SPDX-License-Identifier: Apache-2.0
// A module or a kernel that does not compile: the compiler's last lines, and where all of its output is.
import dev.marshal.it.Build
import dev.marshal.it.LastGood
import java.nio.file.Files

def build = new Build(basedir)
def good = LastGood.of(build)

// a module with a mistake
build.write('src/main/workload/broken/Makefile', 'obj-m := broken.o\nall:\n\t$(MAKE) -C $(LINUXSRC) M=$(CURDIR) modules\n')
build.write('src/main/workload/broken/broken.c', '#include <linux/module.h>\nint mistake(void) { return 1 }\nMODULE_LICENSE("GPL");\n')
build.specification('command: echo good\nlinux:\n  modules:\n    broken: broken\n')
def log = build.file('target/marshal/log/module-broken.log')
build.fails('package').says('could not compile the module broken', 'broken.c:2', 'error:', 'all of the output is in ' + log)
assert Files.readString(log).contains('broken.c:2')
good.isStillThere()

// a kernel that wants a file that nobody has
build.write('src/main/workload/linux.config', 'CONFIG_FW_LOADER=y\nCONFIG_EXTRA_FIRMWARE="no-such-firmware.bin"\n')
build.specification('command: echo good\nlinux:\n  config: linux.config\n')
log = build.file('target/marshal/log/kernel.log')
build.fails('package').says('could not compile Linux', 'No rule to make target', 'no-such-firmware.bin', 'all of the output is in ' + log)
assert Files.readString(log).contains('no-such-firmware.bin')
good.isStillThere()

// put right
build.specification('command: echo good\n')
build.succeeds('package')
good.isStillThere()
