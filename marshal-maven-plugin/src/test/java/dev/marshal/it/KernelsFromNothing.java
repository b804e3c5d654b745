// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import dev.marshal.tool.Command;
import dev.marshal.uptodate.WholeOutput;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kernels of a chain and of its jobs, compiled by Linux's own makefiles in an empty folder: what kernel trees must give that began as copies of others.
 * What is compiled is kept, so that the same inputs are compiled once.
 */
public final class KernelsFromNothing {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final String CONFIGURATION = "linux.config";
    private static final String INITRAMFS = "initramfs.cpio";
    private static final String IMAGE = "Image";

    private final Path kept;
    private final Path build;
    private final EditedChain chain;

    /** @param basedir folder of the reactor @param name of the folder in which they are compiled, unlike all others in the source */
    public KernelsFromNothing(File basedir, String name) throws IOException {
        this.kept = basedir.toPath().resolve("from-nothing");
        this.build = source().resolve("marshal-build" + name);
        this.chain = new EditedChain(basedir.toPath());
    }

    /**
     * Compares each kernel that there is, and the module that the chain brings to it, as the last build left them.
     *
     * @return where they differ; empty if all are the same
     */
    public List<String> differences() throws IOException {
        Path module = chain.file("one", "hello");
        String object = module.getFileName() + ".ko";
        List<String> differences = new ArrayList<>();
        for (Path kernel : kernels()) {
            Path compiled = compiled(kernel, module, object);
            FirstDifference.ofFiles(kernel.resolve(IMAGE), compiled.resolve(IMAGE)).ifPresent(text -> differences.add(kernel + ", compiled from nothing: " + IMAGE + ": " + text));
            FirstDifference.ofFiles(below(kernel.resolve("drivers"), object), compiled.resolve(object)).ifPresent(text -> differences.add(kernel + ", compiled from nothing: " + object + ": " + text));
        }
        return differences;
    }

    /** How many were compiled. */
    public int count() {
        String[] names = kept.toFile().list();
        return names == null ? 0 : names.length;
    }

    /** Folders with what the steps of a kernel gave; a workload with its base's kernel has none. */
    private List<Path> kernels() throws IOException {
        List<Path> kernels = new ArrayList<>();
        for (String workload : EditedChain.WORKLOADS) {
            try (Stream<Path> all = Files.walk(chain.file(workload + "/target/marshal"), 3)) { // those of jobs are in folders of it
                all.filter(file -> file.endsWith(IMAGE)).map(Path::getParent).sorted().forEach(kernels::add);
            }
        }
        if (kernels.isEmpty()) {
            throw new IOException("there is no kernel in the chain");
        }
        return kernels;
    }

    /** The folder with a kernel of these inputs, which is compiled if there is none. */
    private Path compiled(Path kernel, Path module, String object) throws IOException {
        String prefix = chain.property("marshal.crossCompile");
        String timestamp = chain.property("project.build.outputTimestamp");
        Path compiled = kept.resolve(key(kernel, module, prefix, timestamp));
        if (!Files.exists(compiled)) {
            WholeOutput.delete(build);
            try {
                Files.createDirectories(build);
                Files.copy(kernel.resolve(CONFIGURATION), build.resolve(".config"));
                Files.copy(kernel.resolve(INITRAMFS), build.resolve(INITRAMFS));
                make(prefix, timestamp, List.of("-C", source(), "O=" + build, "modules_prepare"));
                Path copy = build.resolve(module.getFileName());
                EditedChain.copy(module, build);
                make(prefix, timestamp, List.of("-C", copy, "LINUXSRC=" + build, "KCFLAGS=-ffile-prefix-map=" + copy + "=."));
                make(prefix, timestamp, List.of("-C", source(), "O=" + build, "vmlinux", "Image"));
                WholeOutput.folder(compiled, temporary -> {
                    Files.copy(build.resolve("arch/riscv/boot/Image"), temporary.resolve(IMAGE));
                    Files.copy(copy.resolve(object), temporary.resolve(object));
                });
            } finally {
                WholeOutput.delete(build);
            }
        }
        return compiled;
    }

    /** The name of what these inputs give. */
    private static String key(Path kernel, Path module, String... words) throws IOException {
        List<Path> files = new ArrayList<>(List.of(kernel.resolve(CONFIGURATION), kernel.resolve(INITRAMFS)));
        try (Stream<Path> sources = Files.walk(module)) {
            sources.filter(EditedChain::regular).sorted().forEach(files::add);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String word : words) {
                digest.update((word + "\n").getBytes(StandardCharsets.UTF_8));
            }
            for (Path file : files) {
                digest.update((file.getFileName() + " " + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void make(String prefix, String timestamp, List<Object> arguments) throws IOException {
        Instant time = Instant.ofEpochSecond(Long.parseLong(timestamp));
        new Command("compile Linux from nothing", "make").args(arguments.toArray()).args("-j2", "ARCH=riscv", "CROSS_COMPILE=" + prefix, "LOCALVERSION=").cleanEnvironment()
                .env("PATH", chain.tools() + File.pathSeparator + System.getenv("PATH"))
                .env("KBUILD_BUILD_TIMESTAMP", DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT).format(time.atZone(ZoneOffset.UTC)))
                .env("KBUILD_BUILD_USER", "marshal").env("KBUILD_BUILD_HOST", "marshal").env("KBUILD_BUILD_VERSION", "1").env("KBUILD_MODPOST_WARN", "1")
                .log(chain.file("from-nothing.log")).limit(LIMIT).check();
    }

    /** The source of Linux in the cache. */
    private static Path source() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of(System.getProperty("user.home"), ".cache/marshal/sources"))) {
            return sources.filter(source -> Files.exists(source.resolve("arch/riscv/Kconfig"))).findFirst().orElseThrow(() -> new IOException("there is no source of Linux in the cache"));
        }
    }

    private static Path below(Path folder, String name) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            Optional<Path> found = all.filter(file -> file.getFileName().toString().equals(name)).findFirst();
            return found.orElseThrow(() -> new IOException("there is no " + name + " below " + folder));
        }
    }
}
