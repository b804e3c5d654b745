// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.marshal.fixture.Problems;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeArchiveTest {

    @TempDir
    Path folder;

    private Path source;
    private Path build;

    @BeforeEach
    void make() throws IOException {
        source = folder.resolve("linux");
        build = source.resolve("marshal-build-1");
        for (String file : List.of("init/main.o", "include/config/auto.conf", "a-name-that-is-longer-than-a-hundred-characters/".repeat(3) + "x.o", "vmlinux", "vmlinux.o", ".tmp_vmlinux.kallsyms1.o", "System.map",
                "arch/riscv/boot/Image", "usr/initramfs_data.o", "initramfs.cpio", ".marshal-compiler", ".marshal-running", ".config")) {
            Files.createDirectories(build.resolve(file).getParent());
            Files.writeString(build.resolve(file), file);
        }
        Files.writeString(build.resolve("init/.main.o.cmd"), "cmd_init/main.o := gcc -c ../init/main.c");
        Files.writeString(build.resolve("init/.absolute.o.cmd"), "cmd_init/absolute.o := gcc -include " + source + "/init/absolute.c");
        Files.writeString(build.resolve("fixdep"), "program");
        assertThat(build.resolve("fixdep").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(build.resolve("source"), Path.of(".."));
    }

    private Path write() throws IOException {
        Path archive = folder.resolve("tree.tar.zst");
        TreeArchive.write(build, source, Workloads.TIME, archive);
        return archive;
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(file -> !Files.isDirectory(file)).map(file -> root.relativize(file).toString()).sorted().toList();
        }
    }

    @Test
    void whatIsQuicklyMadeAgainOrNamesThisMachineStaysHere() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        TreeArchive.unpack(write(), other);
        assertThat(files(other)).containsExactly(".config", "a-name-that-is-longer-than-a-hundred-characters/".repeat(3) + "x.o", "fixdep", "include/config/auto.conf", "init/.main.o.cmd", "init/main.o");
        assertThat(other.resolve("init/main.o")).hasContent("init/main.o");
        assertThat(Files.isExecutable(other.resolve("fixdep"))).isTrue();
        assertThat(Files.isExecutable(other.resolve("init/main.o"))).isFalse();
    }

    @Test
    void allFilesAreEquallyNewAndNewerThanTheSource() throws IOException {
        Instant before = Instant.now();
        Path other = Files.createDirectories(folder.resolve("other"));
        TreeArchive.unpack(write(), other);
        Set<FileTime> times = new HashSet<>();
        for (String file : files(other)) {
            times.add(Files.getLastModifiedTime(other.resolve(file)));
        }
        assertThat(times).singleElement().satisfies(time -> assertThat(time.toInstant()).isAfterOrEqualTo(before));
    }

    @Test
    void theBytesFollowFromTheContentAlone() throws IOException {
        byte[] first = Files.readAllBytes(write());
        for (String file : files(build)) {
            if (!file.equals("source")) {
                Files.setLastModifiedTime(build.resolve(file), FileTime.from(Instant.EPOCH));
            }
        }
        Path moved = Files.createDirectories(folder.resolve("elsewhere")).resolve("tree");
        Files.move(build, moved);
        build = moved;
        assertThat(write()).hasBinaryContent(first);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ZstdInputStream(Files.newInputStream(folder.resolve("tree.tar.zst"))))) {
            List<String> names = new ArrayList<>();
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null;) {
                names.add(entry.getName());
                assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(Workloads.TIME);
                assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
                assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
            }
            assertThat(names).isSorted();
        }
    }

    @Test
    void entriesThatWouldLeaveTheFolderAreRefused() throws IOException {
        for (String name : List.of("../evil", "a/../../evil", "/evil", ".", "a/..")) {
            Problem problem = problem(new TarArchiveEntry(name, true));
            if (!name.equals("/evil")) {
                assertThat(problem.what()).isEqualTo("the entry '" + name + "' would leave the folder that the archive is unpacked to");
            }
            assertThat(problem.where()).isEqualTo(folder.resolve("bad.tar.zst").toString());
            assertThat(problem.remedy()).isEqualTo("Do not use this artifact; ask whoever published it");
            assertThat(folder.resolve("evil")).doesNotExist();
            assertThat(Path.of("/evil")).doesNotExist();
        }
    }

    @Test
    void linksAndSpecialFilesAreRefused() throws IOException {
        for (byte type : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO, TarConstants.LF_CHR, TarConstants.LF_BLK}) {
            TarArchiveEntry entry = new TarArchiveEntry("there", type);
            entry.setLinkName("/etc");
            assertThat(problem(entry).what()).isEqualTo("the entry 'there' is no file");
        }
        assertThat(problem(new TarArchiveEntry("x"), new TarArchiveEntry("./x")).what()).isEqualTo("the entry './x' stands twice");
    }

    private Problem problem(TarArchiveEntry... entries) throws IOException {
        Path archive = folder.resolve("bad.tar.zst");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new ZstdOutputStream(Files.newOutputStream(archive)), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry : entries) {
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
        }
        Path target = Files.createTempDirectory(folder, "target");
        return Problems.of(() -> TreeArchive.unpack(archive, target));
    }

    @Test
    void aDamagedArchiveIsNamed() throws IOException {
        byte[] whole = Files.readAllBytes(write());
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 0x55;
        for (byte[] damaged : List.of(Arrays.copyOf(whole, whole.length / 2), flipped, "no archive at all".getBytes(StandardCharsets.UTF_8))) {
            Path archive = Files.write(folder.resolve("damaged.tar.zst"), damaged);
            Path target = Files.createTempDirectory(folder, "target");
            Problem problem = Problems.of(() -> TreeArchive.unpack(archive, target));
            assertThat(problem.what()).startsWith("the archive of a kernel's build folder cannot be unpacked: ");
            assertThat(problem.where()).isEqualTo(archive.toString());
            assertThat(problem.remedy()).isEqualTo("It is damaged: delete it so that it is fetched again");
        }
    }
}
