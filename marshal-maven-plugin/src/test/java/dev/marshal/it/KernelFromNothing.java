// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import dev.marshal.tool.Command;
import dev.marshal.uptodate.WholeOutput;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A workload's kernel, compiled by Linux's own makefiles in an empty folder: what a kernel tree must give that began as a copy of another. */
public final class KernelFromNothing {

    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final Path workload;
    private final Path build;
    private Duration elapsed = Duration.ZERO;

    /** @param workload that was built @param name of the folder in which it is compiled again, unlike all others in the source */
    public KernelFromNothing(File workload, String name) throws IOException {
        this.workload = workload.toPath();
        this.build = source().resolve("marshal-build" + name);
    }

    /**
     * Compiles it.
     *
     * @param module source of a module, called as its folder, which is compiled too
     * @return where Linux or the module differs from what the workload's build gave; empty if both are the same
     */
    public Optional<String> difference(Path module) throws IOException {
        Path built = workload.resolve("target/marshal");
        WholeOutput.delete(build);
        try {
            long begun = System.nanoTime();
            Files.createDirectories(build);
            Files.copy(built.resolve("linux.config"), build.resolve(".config"));
            Files.copy(built.resolve("initramfs.cpio"), build.resolve("initramfs.cpio"));
            make(List.of("-C", source(), "O=" + build, "modules_prepare"));
            Path copy = build.resolve(module.getFileName());
            EditedChain.copy(module, build);
            make(List.of("-C", copy, "LINUXSRC=" + build, "KCFLAGS=-ffile-prefix-map=" + copy + "=."));
            make(List.of("-C", source(), "O=" + build, "vmlinux", "Image"));
            elapsed = Duration.ofNanos(System.nanoTime() - begun);
            String object = module.getFileName() + ".ko";
            Optional<String> difference = FirstDifference.ofFiles(file(built.resolve("drivers"), object), copy.resolve(object));
            return difference.isPresent() ? difference : FirstDifference.ofFiles(built.resolve("Image"), build.resolve("arch/riscv/boot/Image"));
        } finally {
            WholeOutput.delete(build);
        }
    }

    /** How long it took. */
    public Duration elapsed() {
        return elapsed;
    }

    private void make(List<Object> arguments) throws IOException {
        String pom = Files.readString(workload.resolveSibling("pom.xml"));
        Instant time = Instant.ofEpochSecond(Long.parseLong(pom.replaceAll("(?s).*<project.build.outputTimestamp>(\\d+)<.*", "$1")));
        String prefix = pom.replaceAll("(?s).*<marshal.crossCompile>([^<]*)<.*", "$1");
        new Command("compile Linux from nothing", "make").args(arguments.toArray()).args("-j2", "ARCH=riscv", "CROSS_COMPILE=" + prefix, "LOCALVERSION=").cleanEnvironment()
                .env("PATH", workload.resolveSibling("tools") + File.pathSeparator + System.getenv("PATH"))
                .env("KBUILD_BUILD_TIMESTAMP", DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT).format(time.atZone(ZoneOffset.UTC)))
                .env("KBUILD_BUILD_USER", "marshal").env("KBUILD_BUILD_HOST", "marshal").env("KBUILD_BUILD_VERSION", "1").env("KBUILD_MODPOST_WARN", "1")
                .log(workload.resolve("target/from-nothing.log")).limit(LIMIT).check();
    }

    /** The source of Linux in the cache. */
    private static Path source() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of(System.getProperty("user.home"), ".cache/marshal/sources"))) {
            return sources.filter(source -> Files.exists(source.resolve("arch/riscv/Kconfig"))).findFirst().orElseThrow(() -> new IOException("there is no source of Linux in the cache"));
        }
    }

    private static Path file(Path below, String name) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(file -> file.getFileName().toString().equals(name)).findFirst().orElseThrow(() -> new IOException("there is no " + name + " below " + below));
        }
    }
}
