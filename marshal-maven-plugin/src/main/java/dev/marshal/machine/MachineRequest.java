// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A machine that is to be started.
 *
 * @param name        the workload's or job's name, for messages
 * @param script      the script that the guest is to run, whose exit status decides
 * @param bootBinary  the ELF file that the machine starts with
 * @param disk        its disk; null if it has none
 * @param cpus        how many harts
 * @param memoryBytes its memory; whole mebibytes are used, at least one
 * @param extraArgs   arguments that the user adds to the simulator's; where the simulator takes the last of two, they win
 * @param legacySbi   whether the binary's firmware is bbl, which knows neither the timer extension Sstc nor sv57
 * @param forwards    ports of the guest that the host can reach
 * @param uartlog     gets the console, byte by byte as it comes; replaced
 * @param workFolder  for what the run needs: the disk's layer, the simulator's own messages
 * @param limit       the machine is stopped when it runs longer; not for a {@linkplain Machine#launch launch}
 */
public record MachineRequest(String name, GuestScript script, Path bootBinary, Disk disk, int cpus, long memoryBytes, List<String> extraArgs, boolean legacySbi,
        List<Forward> forwards, Path uartlog, Path workFolder, Duration limit) {

    static final long MIB = 1024L * 1024;

    /** Checks what a caller of this class can do wrong. */
    public MachineRequest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(limit, "limit");
        bootBinary = bootBinary.toAbsolutePath();
        uartlog = uartlog.toAbsolutePath();
        workFolder = workFolder.toAbsolutePath();
        extraArgs = List.copyOf(extraArgs);
        forwards = List.copyOf(forwards);
        if (cpus < 1 || memoryBytes < MIB || limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a machine has at least 1 cpu, 1 MiB and some time");
        }
    }

    /** Its memory in mebibytes. */
    long memoryMib() {
        return memoryBytes / MIB;
    }

    /** Where the simulator's own messages go. */
    Path simulatorLog() {
        return workFolder.resolve("simulator.log");
    }
}
