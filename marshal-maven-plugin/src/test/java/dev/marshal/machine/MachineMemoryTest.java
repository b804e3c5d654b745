// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMemoryTest {

    private static final long GIB = 1L << 30;

    @TempDir
    Path folder;

    private final CollectingLog log = new CollectingLog();

    @Test
    void aLargeHostGivesTheDefaultSilently() throws IOException {
        assertThat(memory(24 * GIB, "max\n").standard()).isEqualTo(16 * GIB);
        assertThat(log.infos).isEmpty();
    }

    @Test
    void aSmallHostGivesLessAndSaysSoOnce() throws IOException {
        MachineMemory memory = memory(8 * GIB - 300_000_000, "max\n");
        assertThat(memory.standard()).isEqualTo(5888L << 20);
        assertThat(memory.standard()).isEqualTo(5888L << 20);
        assertThat(log.infos).containsExactly("machines get 5888 MiB of memory instead of 16 GiB, since this host has 7905 MiB; the option 'mem' sets it");
    }

    @Test
    void aContainerHasWhatItIsGiven() throws IOException {
        assertThat(memory(64 * GIB, (4 * GIB) + "\n").standard()).isEqualTo(3 * GIB);
    }

    @Test
    void aTinyHostGivesSomething() throws IOException {
        assertThat(memory(GIB / 8, "").standard()).isEqualTo(GIB / 4);
    }

    @Test
    void anUnknownHostGivesTheDefault() {
        assertThat(new MachineMemory(folder.resolve("none"), folder.resolve("none"), log).standard()).isEqualTo(16 * GIB);
    }

    @Test
    void thisHostIsRead() {
        assertThat(new MachineMemory(log).hostBytes()).isBetween(64L << 20, 1L << 50);
    }

    @Test
    void moreThanTheHostHasIsTakenAndToldOnceForEachPlace() throws IOException {
        MachineMemory memory = memory(8 * GIB, "max\n");
        assertThat(memory.asked(8 * GIB, "workload.yaml:3:6")).isEqualTo(8 * GIB);
        assertThat(log.warnings).isEmpty();
        assertThat(memory.asked(9 * GIB, "workload.yaml:3:6")).isEqualTo(9 * GIB);
        memory.asked(9 * GIB, "workload.yaml:3:6");
        memory.asked(10 * GIB, "workload.yaml:9:8");
        String text = " MiB, but this host has 8192 MiB: a guest that uses more ends when the host's memory does. Set 'mem' to less, or leave it out";
        assertThat(log.warnings).containsExactly("workload.yaml:3:6: 'mem' is 9216" + text, "workload.yaml:9:8: 'mem' is 10240" + text);
    }

    private MachineMemory memory(long host, String group) throws IOException {
        Path info = Files.writeString(folder.resolve("meminfo"), "MemTotal:       " + host / 1024 + " kB\nMemFree:         1000 kB\n");
        return new MachineMemory(info, Files.writeString(folder.resolve("memory.max"), group), log);
    }
}
