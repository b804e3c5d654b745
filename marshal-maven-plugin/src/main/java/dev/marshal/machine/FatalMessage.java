// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Messages after which a machine never goes on. Only what is certain is here: a message that a program of the guest merely quotes, such as a line of
 * {@code grep}, must not end a run, hence the anchors.
 */
final class FatalMessage {

    /** At the beginning of a line, or after the kernel's time stamp ("[    1.234567]", with the caller "[    T1]" where CONFIG_PRINTK_CALLER is set). */
    private static final String FROM_KERNEL = "(?:^|\\[ *\\d+\\.\\d{6}\\](?:\\[ *[TC]\\d+\\])? )";

    private static final Pattern FATAL = Pattern.compile(String.join("|",
            // Linux, kernel/panic.c: also after "Unable to mount root fs" and "No working init found"
            FROM_KERNEL + "Kernel panic - not syncing",
            // OpenSBI, lib/sbi/sbi_trap.c: the hart hangs after it
            "^sbi_trap_error: hart\\d+: trap\\d+:",
            // OpenSBI before 1.6 has no trap number
            "^sbi_trap_error: hart\\d+: .*\\(error -\\d+\\)",
            // OpenSBI, lib/sbi/sbi_init.c: the hart hangs after it
            "^init_coldboot: .*failed",
            // riscv-pk, machine/mtrap.c
            "machine mode: unhandlable trap \\d+ @ ",
            // marshal's own init in the initramfs, before it offers an emergency shell
            "^marshal: boot failed: "));

    private FatalMessage() {}

    /** What is to be told to the user if the line is such a message. @param line a plain line */
    static Optional<String> in(String line) {
        if (line.indexOf(':') < 0 && !line.contains("panic")) {
            return Optional.empty();
        }
        var matcher = FATAL.matcher(line);
        return matcher.find() ? Optional.of(line.substring(matcher.start()).replaceFirst("^\\[[^a-zA-Z]*\\](?:\\[ *[TC]\\d+\\])? ", "").strip()) : Optional.empty();
    }
}
