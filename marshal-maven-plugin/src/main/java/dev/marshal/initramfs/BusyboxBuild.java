// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import dev.marshal.compiler.CompilerFront;
import dev.marshal.problem.ProblemException;
import dev.marshal.source.SourceTree;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Log;
import dev.marshal.tool.Progress;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.Sha256;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles BusyBox, statically, once for each source, configuration and compiler; the result is kept in the cache. The source is only read. The
 * same source, configuration and compiler give the same bytes, in whatever folder and at whatever time.
 *
 * @param cache           folder of the cache
 * @param tools           where make and the host's compiler are
 * @param crossPrefix     what the cross compiler's name starts with, such as {@code riscv64-linux-gnu-}
 * @param parallelism     how many compilers run at a time
 * @param log             told when a compile starts and ends
 */
public record BusyboxBuild(Path cache, Toolbox tools, String crossPrefix, int parallelism, Log log) {

    /** Name of the program in the folder of what was built. */
    public static final String PROGRAM = "busybox";
    /** Name of the list of its applets' paths there. */
    public static final String LINKS = "busybox.links";
    private static final Duration LIMIT = Duration.ofMinutes(60);
    /** Part of every key: to be raised when this class builds differently. */
    private static final String RECIPE = "1";
    private static final Pattern SETTING = Pattern.compile("CONFIG_(\\w+)=(.*)|# CONFIG_(\\w+) is not set");

    /**
     * What was built.
     *
     * @param program the static program
     * @param applets the paths under which it is to be known, such as {@code /bin/ls}
     */
    public record Result(Path program, List<String> applets) {}

    /**
     * What makes a compiled BusyBox the one that it is: where all is the same, so are its bytes.
     *
     * @param source        identity of the source
     * @param configuration SHA-256 of the configuration
     * @param compiler      the line that the cross compiler prints of itself
     * @param recipe        version of the way in which this class builds
     */
    public record Identity(String source, String configuration, String compiler, String recipe) {}

    /** Gets the source. */
    @FunctionalInterface
    public interface Source {
        /** @throws ProblemException if it cannot be had */
        SourceTree get() throws IOException;
    }

    /** Whoever may have compiled it already. */
    @FunctionalInterface
    public interface Compiled {
        /**
         * @param identity what is wanted
         * @param folder   empty folder, to be filled with {@link #PROGRAM} and {@link #LINKS}
         * @return whether it was
         */
        boolean get(Identity identity, Path folder) throws IOException;
    }

    /**
     * What the BusyBox of a source and configuration is known by.
     *
     * @param source identity of the source
     * @param config options that differ from BusyBox's defaults
     */
    public Identity identity(String source, Path config) throws IOException {
        return new Identity(source, Sha256.of(config), tools.require(HostTools.CROSS_GCC.named(crossPrefix + "gcc")).version(), RECIPE);
    }

    /** The BusyBox of this source and configuration, compiled if the cache does not hold it. @see #build(String, Source, Path, Path, Compiled) */
    public Result build(SourceTree source, Path config, Path output) throws IOException {
        return build(source.identity(), () -> source, config, output, (identity, folder) -> false);
    }

    /**
     * The BusyBox of this source and configuration; if the cache does not hold it, somebody else's, or else compiled.
     *
     * @param sourceIdentity identity of the source
     * @param source source of BusyBox; got only to be compiled
     * @param config options that differ from BusyBox's defaults, in the form of its {@code .config}; must say {@code CONFIG_STATIC=y}
     * @param output log file of the compile
     * @param elsewhere who may have it
     * @throws ProblemException if the configuration does not give a static program
     * @throws dev.marshal.tool.ToolFailure if it does not compile: names the log
     */
    public Result build(String sourceIdentity, Source source, Path config, Path output, Compiled elsewhere) throws IOException {
        if (!Files.isRegularFile(config)) {
            throw new ProblemException("there is no BusyBox configuration " + config, null, "Correct the path in 'busybox.config'");
        }
        Identity identity = identity(sourceIdentity, config);
        Path folder = folder(identity);
        Path links = folder.resolve(LINKS);
        if (!LastUse.claim(cache, folder) || !Files.isRegularFile(links)) {
            Path lockFile = cache.resolve("locks").resolve("busybox-" + folder.getFileName());
            try (CacheLock lock = CacheLock.hold(lockFile, () -> log.info("waiting for BusyBox, which is being compiled"))) {
                if (!Files.isRegularFile(links)) {
                    WholeOutput.folder(folder, temporary -> {
                        if (!elsewhere.get(identity, temporary)) {
                            compile(source.get(), config, temporary, output);
                        }
                    });
                }
            }
        }
        return new Result(folder.resolve(PROGRAM), Files.readAllLines(links));
    }

    /** Whether the cache holds it. */
    public boolean isBuilt(Identity identity) {
        return Files.isRegularFile(folder(identity).resolve(LINKS));
    }

    private Path folder(Identity identity) {
        String key = Sha256.of(String.join("\n", RECIPE, identity.source(), identity.configuration(), crossPrefix, identity.compiler())).substring(0, 32);
        return cache.resolve("busybox").resolve(key);
    }

    private void compile(SourceTree source, Path config, Path folder, Path output) throws IOException {
        if (!Files.isRegularFile(source.folder().resolve("include/applets.src.h"))) {
            throw new ProblemException("this is not a source of BusyBox: it has no include/applets.src.h", source.origin(), "Correct 'busybox.source'");
        }
        Path build = folder.resolve("build");
        // a source that somebody compiled in cannot be compiled out of tree: a copy always can
        new Command("copy the source of BusyBox", "cp").args("-R", "--preserve=mode,timestamps,links", "--", source.folder() + "/.", build).limit(LIMIT).check();
        if (!source.shared()) {
            make(build, config, "clean the source of BusyBox", output.resolveSibling(output.getFileName() + ".clean"), "mrproper").check();
        }
        make(build, config, "configure BusyBox", output.resolveSibling(output.getFileName() + ".config"), "defconfig").check();
        checkTaken(build.resolve(".config"), config);
        Progress progress = new Progress(log, "compiling BusyBox");
        make(build, config, "compile BusyBox", output, "-j" + Math.max(1, parallelism), PROGRAM, LINKS).onLine(progress::makeLine).check();
        for (String name : List.of(PROGRAM, LINKS)) {
            Files.move(build.resolve(name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
        WholeOutput.delete(build);
        progress.done();
    }

    private Command make(Path build, Path config, String what, Path output, Object... targets) {
        return new Command(what, tools.require(HostTools.MAKE).path().toString())
                .args("-C", build, "CROSS_COMPILE=" + crossPrefix, "HOSTCC=" + tools.require(HostTools.HOST_GCC).path(), "KBUILD_DEFCONFIG=" + config.toAbsolutePath(),
                        "EXTRA_CFLAGS=-ffile-prefix-map=" + build + "=.")
                .args(targets)
                .cleanEnvironment().env("PATH", new CompilerFront(tools, cache, log).path(crossPrefix, tools.searchPath()))
                // the banner shows the time of the configuration
                .env("SOURCE_DATE_EPOCH", "0").env("KCONFIG_NOTIMESTAMP", "1")
                .log(output).limit(LIMIT);
    }

    private void checkTaken(Path made, Path config) throws IOException {
        Set<String> taken = settings(made);
        List<String> missing = new ArrayList<>();
        for (String setting : settings(config)) {
            boolean off = setting.endsWith("=n");
            String name = setting.substring(0, setting.indexOf('='));
            // an option that depends on one that is off is not mentioned at all
            boolean took = taken.contains(setting) || off && taken.stream().noneMatch(other -> other.startsWith(name + "="));
            if (!took) {
                missing.add("CONFIG_" + setting);
            }
        }
        if (!taken.contains("STATIC=y")) {
            throw new ProblemException("BusyBox would not be linked statically, but the initramfs holds no libraries", config, "Add the line CONFIG_STATIC=y");
        }
        if (!missing.isEmpty()) {
            log.warn(config + ": BusyBox did not take " + String.join(", ", missing) + ": unknown in this version, or something that it depends on is off");
        }
    }

    private static Set<String> settings(Path file) throws IOException {
        Set<String> settings = new HashSet<>();
        for (String line : Files.readAllLines(file)) {
            Matcher matcher = SETTING.matcher(line.strip());
            if (matcher.matches()) {
                settings.add(matcher.group(3) != null ? matcher.group(3) + "=n" : matcher.group(1) + "=" + matcher.group(2));
            }
        }
        return settings;
    }
}
