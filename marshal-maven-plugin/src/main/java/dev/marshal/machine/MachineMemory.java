// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.tool.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory of machines: what the workload says, or else 16 GiB, or less where the host has less. Thread-safe. */
public final class MachineMemory {

    /** What a workload gets on a host that has it. */
    public static final long DEFAULT = 16L << 30;

    private static final Path HOST = Path.of("/proc/meminfo");
    private static final Path GROUP = Path.of("/sys/fs/cgroup/memory.max");
    private static final long GRAIN = 256L << 20;
    private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal: +(\\d+) kB$");

    private final Path host;
    private final Path group;
    private final Log log;
    /** For all machines of this process. */
    private static final Told TOLD = new Told();

    private final Told told;

    /** @param log is told, once, if the host has too little for the default, or for what a workload asks for */
    public MachineMemory(Log log) {
        this(HOST, GROUP, log, TOLD);
    }

    /** What was told already. @param standard whether the default is less than usual @param asked the places that ask for more than the host has */
    private record Told(AtomicBoolean standard, Set<String> asked) {
        Told() {
            this(new AtomicBoolean(), ConcurrentHashMap.newKeySet());
        }
    }

    /**
     * @param host  a file as Linux's {@code /proc/meminfo}
     * @param group a file as {@code memory.max} of a control group, which a container has
     */
    MachineMemory(Path host, Path group, Log log) {
        this(host, group, log, new Told());
    }

    private MachineMemory(Path host, Path group, Log log, Told told) {
        this.host = host;
        this.group = group;
        this.log = log;
        this.told = told;
    }

    /** The memory of this host, or of the container that the build runs in; {@link Long#MAX_VALUE} if that cannot be found out. */
    static long ofHost() {
        return bytes(HOST, GROUP);
    }

    /** In bytes: {@link #DEFAULT}, or three quarters of what the host has, in steps of 256 MiB, if that is less. The rest is for the simulator and the build. */
    public long standard() {
        long available = hostBytes();
        long part = Math.max(GRAIN, available / 4 * 3 / GRAIN * GRAIN);
        if (part >= DEFAULT) {
            return DEFAULT;
        }
        if (!told.standard.getAndSet(true)) {
            log.info("machines get " + (part >> 20) + " MiB of memory instead of 16 GiB, since this host has " + (available >> 20)
                    + " MiB; the option 'mem' sets it");
        }
        return part;
    }

    /**
     * What a workload asks for, as it is: a simulator takes memory of the host only as the guest uses it, so that more than the host has can go well.
     *
     * @param bytes how much
     * @param where the place that says so
     */
    public long asked(long bytes, String where) {
        long available = hostBytes();
        if (bytes > available && told.asked.add(where)) {
            log.warn(where + ": 'mem' is " + (bytes >> 20) + " MiB, but this host has " + (available >> 20)
                    + " MiB: a guest that uses more ends when the host's memory does. Set 'mem' to less, or leave it out");
        }
        return bytes;
    }

    /** The memory that this host, or the container that the build runs in, has; {@link Long#MAX_VALUE} if that cannot be found out. */
    public long hostBytes() {
        return bytes(host, group);
    }

    private static long bytes(Path host, Path group) {
        Matcher total = TOTAL.matcher(read(host));
        long bytes = total.find() ? Long.parseLong(total.group(1)) * 1024 : Long.MAX_VALUE;
        String limit = read(group).strip();
        return limit.matches("\\d{1,18}") ? Math.min(bytes, Long.parseLong(limit)) : bytes;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
