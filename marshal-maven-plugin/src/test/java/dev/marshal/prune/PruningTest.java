// SPDX-License-Identifier: Apache-2.0
package dev.marshal.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.RecordedLog;
import dev.marshal.project.Cache;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningTest {

    private static final long KIBI = 1024;
    private static final long PLENTY = 1L << 40;

    @TempDir
    Path folder;

    private final Instant now = Instant.now();
    private final RecordedLog log = new RecordedLog();
    private Cache cache;

    @BeforeEach
    void make() {
        cache = new Cache(folder.resolve("cache"));
    }

    /** A file of 64 KiB; a path that ends in a slash is a folder with such a file. */
    private Path entry(String name, int days) throws IOException {
        Path path = cache.folder().resolve(name);
        Path file = name.endsWith("/") ? path.resolve("content") : path;
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[(int) (64 * KIBI)]);
        return used(path, days);
    }

    private Path used(Path path, int days) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(now.minus(Duration.ofDays(days))));
        return path;
    }

    private String text() {
        return String.join("\n", log.infos()) + "\n" + String.join("\n", log.warnings());
    }

    private void prune(int days, long limit) throws IOException {
        new Pruning(cache, Duration.ofDays(days), limit, false, log).run(now);
    }

    @Test
    void whatIsOldGoes() throws IOException {
        Path old = entry("images/1.img", 31);
        Path young = entry("images/2.img", 29);
        Path oldFolder = entry("workloads/3/", 31);
        Path youngFolder = entry("workloads/4/", 29);
        prune(30, PLENTY);
        assertThat(old).doesNotExist();
        assertThat(oldFolder).doesNotExist();
        assertThat(young).exists();
        assertThat(youngFolder.resolve("content")).exists();
        assertThat(cache.folder()).isDirectoryNotContaining("glob:**/.*");
        assertThat(text()).contains("images/1.img: not used for 31 days", "deleted        64 KiB  images", "images                  2      128 KiB       64 KiB");
    }

    @Test
    void theLeastRecentlyUsedGoesUntilTheRestFits() throws IOException {
        Path first = entry("downloads/1/", 5);
        Path second = entry("busybox/2/", 4);
        Path third = entry("images/3.img", 3);
        Path fourth = entry("images/4.img", 2);
        prune(30, 150 * KIBI);
        assertThat(first).doesNotExist();
        assertThat(second).doesNotExist();
        assertThat(third).exists();
        assertThat(fourth).exists();
        assertThat(text()).contains("downloads/1: the cache is larger than 150 KiB; not used for 5 days");
    }

    @Test
    void whatWasUsedWithinTheLastHoursStaysAndTheUserIsTold() throws IOException {
        Path used = entry("images/1.img", 100);
        assertThat(LastUse.claim(cache.folder(), used)).isTrue();
        new Pruning(cache, Duration.ZERO, 0, false, log).run(Instant.now().plus(Duration.ofHours(5)));
        assertThat(used).exists();
        assertThat(text()).contains("used within the last 6 hours");
        new Pruning(cache, Duration.ZERO, PLENTY, false, log).run(Instant.now().plus(Duration.ofHours(7)));
        assertThat(used).doesNotExist();
    }

    @Test
    void aDryRunDeletesNothing() throws IOException {
        Path old = entry("images/1.img", 31);
        new Pruning(cache, Duration.ofDays(30), PLENTY, true, log).run(now);
        assertThat(old).exists();
        assertThat(text()).contains("would go", "images/1.img: not used for 31 days", "would have 0 bytes now");
    }

    @Test
    void kernelTreesGoWithoutTheirSource() throws IOException {
        Path source = entry("sources/linux/", 2);
        Path old = entry("sources/linux/marshal-build-1/", 31);
        Path young = entry("sources/linux/marshal-build-2/", 3);
        Path own = entry("kernels/own/marshal-build-3/", 31);
        used(source, 20);
        prune(30, PLENTY);
        assertThat(old).doesNotExist();
        assertThat(own).doesNotExist();
        assertThat(young.resolve("content")).exists();
        assertThat(source.resolve("content")).exists();
        assertThat(LastUse.of(source)).as("pruning is no use").isEqualTo(now.minus(Duration.ofDays(20)));
        assertThat(text()).contains("kernel trees            3");
        // the source is in use as long as one of its kernels is
        prune(19, PLENTY);
        assertThat(source).exists();
        prune(1, PLENTY);
        assertThat(source).doesNotExist();
    }

    @Test
    void whatABuildHoldsStays() throws IOException {
        Path image = entry("images/1.img", 100);
        Path tree = entry("sources/linux/marshal-build-1/", 100);
        Path source = used(cache.folder().resolve("sources/linux"), 100);
        Path other = entry("firmware/opensbi-2/", 100);
        Path kernel = cache.lock("kernel-" + Sha256.of(cache.folder().relativize(tree).toString()).substring(0, 32));
        try (CacheLock first = CacheLock.hold(cache.lock("image-1"), () -> {}); CacheLock second = CacheLock.hold(kernel, () -> {})) {
            prune(30, 0);
        }
        assertThat(image).exists();
        assertThat(tree).exists();
        assertThat(source).exists();
        assertThat(other).doesNotExist();
        assertThat(text()).contains("images/1.img: a build holds it", "sources/linux: a build holds it");
        prune(30, 0);
        assertThat(image).doesNotExist();
        assertThat(source).doesNotExist();
    }

    @Test
    void whatIsUsedBetweenLookingAndDeletingStays() throws IOException {
        Path image = entry("images/1.img", 100);
        Instant seen = LastUse.of(image);
        assertThat(LastUse.claim(cache.folder(), image)).isTrue();
        assertThat(LastUse.giveUp(cache.folder(), image, seen)).isFalse();
        assertThat(image).exists();
        assertThat(LastUse.giveUp(cache.folder(), image, LastUse.of(image))).isTrue();
        assertThat(LastUse.claim(cache.folder(), image)).isFalse();
        assertThat(LastUse.giveUp(cache.folder(), image, now)).isFalse();
    }

    @Test
    void allThatBuildsShareIsPruned() throws IOException {
        Path packages = entry("debian/archives/", 100);
        Path memo = entry("debian/linux-source", 100);
        Path inputs = entry("image-inputs/1/", 100);
        Path root = entry("buildroot/1/", 100);
        Path toolchain = entry("toolchains/1/", 100);
        Path download = entry("buildroot-downloads/busybox/", 100);
        Path used = entry("buildroot-downloads/linux/", 29);
        try (CacheLock lock = CacheLock.hold(cache.lock("debian-archives"), () -> {})) {
            prune(30, PLENTY);
        }
        assertThat(packages).as("a build fetches packages").exists();
        assertThat(used).exists();
        for (Path gone : new Path[] {memo, inputs, root, toolchain, download}) {
            assertThat(gone).doesNotExist();
        }
        prune(30, PLENTY);
        assertThat(packages).doesNotExist();
    }

    @Test
    void whatKilledBuildsLeftGoesAndWhatOthersWriteStays() throws IOException {
        Path killed = entry("images/.1.img.new-999999999-1", 0);
        Path killedTree = entry("sources/linux/.marshal-build-1.new-999999999-2/", 0);
        Path running = entry("images/.2.img.new-" + ProcessHandle.current().pid() + "-1000000", 100);
        Path aside = entry(".3.img.new-999999999-3", 0);
        prune(30, 0);
        assertThat(killed).doesNotExist();
        assertThat(killedTree).doesNotExist();
        assertThat(aside).doesNotExist();
        assertThat(running).exists();
        assertThat(cache.folder().resolve("sources/linux")).as("was used just now").exists();
    }

    @Test
    void whereNobodyKnowsOfUsesAllStays() throws IOException {
        Path other = entry("other/1/", 1000);
        Path killed = entry("other/.2.new-999999999-1", 1000);
        prune(30, 0);
        assertThat(other.resolve("content")).exists();
        assertThat(killed).doesNotExist();
        assertThat(text()).contains("other                   2");
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), "mine");
        Path tree = entry("sources/linux/", 100);
        Files.createSymbolicLink(tree.resolve("link"), outside);
        Files.createDirectories(cache.folder());
        Files.createSymbolicLink(cache.folder().resolve("images"), outside);
        used(tree, 100);
        used(outside.resolve("file"), 100);
        prune(30, 0);
        assertThat(tree).doesNotExist();
        assertThat(outside.resolve("file")).hasContent("mine");
    }

    @Test
    void noCacheYet() throws IOException {
        prune(30, PLENTY);
        assertThat(text()).contains("has 0 bytes now");
        assertThat(cache.folder()).doesNotExist();
    }
}
