// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageLockTest {

    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);

    @TempDir
    Path folder;

    @Test
    void comesFromWhatAptPrintsAndBackFromAFile() throws Exception {
        PackageLock lock = PackageLock.ofUris(List.of(
                "'http://mirror/debian/pool/main/g/gcc-16/libstdc%2b%2b6_16-1_riscv64.deb' libstdc++6_16-1_riscv64.deb 123 SHA256:" + TWO,
                "'http://mirror/debian/pool/main/d/dbus/dbus_1.16_riscv64.deb' dbus_1%3a1.16_riscv64.deb 45 SHA256:" + ONE,
                "W: something else"), "http://mirror/debian/", "testing", List.of("main", "contrib"));
        assertThat(lock.packages()).containsExactly(new PackageLock.Entry(ONE, "pool/main/d/dbus/dbus_1.16_riscv64.deb", "dbus_1%3a1.16_riscv64.deb"),
                new PackageLock.Entry(TWO, "pool/main/g/gcc-16/libstdc++6_16-1_riscv64.deb", "libstdc++6_16-1_riscv64.deb"));
        assertThat(PackageLock.read(Files.writeString(folder.resolve("lock"), lock.text()))).isEqualTo(lock);
    }

    @Test
    void whatIsNoneIsRefused() throws Exception {
        Path file = folder.resolve("lock");
        Files.writeString(file, "suite: testing main\n" + ONE + "  ../../etc/passwd.deb  a_1_all.deb\n");
        assertThat(Problems.of(() -> PackageLock.read(file)).where()).isEqualTo(file + ":2");
        Files.writeString(file, ONE + "  pool/a.deb  a_1_all.deb\n");
        assertThat(Problems.of(() -> PackageLock.read(file)).what()).contains("it names no suite");
        Files.writeString(file, "suite: testing main\n");
        assertThat(Problems.of(() -> PackageLock.read(file)).what()).contains("it names no package");
    }
}
