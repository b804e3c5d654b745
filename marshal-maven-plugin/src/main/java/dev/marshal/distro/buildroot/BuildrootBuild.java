// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.buildroot;

import dev.marshal.distro.RootInputs;
import dev.marshal.distro.RootRequest;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceTree;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Progress;
import dev.marshal.tool.ToolFailure;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A run of Buildroot, out of its tree. What comes of it is kept in the cache, and so are the sources of its packages, by the names that Buildroot gives
 * them: a folder that holds them already makes it work without a network.
 */
final class BuildrootBuild {

    /** Part of every key: to be raised when this class builds differently. */
    private static final String RECIPE = "1";
    /** Where packages' sources are looked for first; no part of a root filesystem follows from it, since Buildroot knows their digests. */
    private static final String PRIMARY_SITE = "marshal.buildroot.primarySite";
    /** The folder of packages' sources, in place of the cache's: one that somebody filled. */
    private static final String DOWNLOADS = "marshal.buildroot.downloads";
    private static final String ROOT = "rootfs.tar";
    private static final Duration LIMIT = Duration.ofHours(6);
    private static final Pattern UNFETCHED = Pattern.compile("^make.*/([^/]+)/\\.stamp_(?:actual_)?downloaded\\] Error");

    private final BuildrootDistribution distribution;
    private final RootRequest request;
    private final WorkloadProject project;

    BuildrootBuild(BuildrootDistribution distribution, RootRequest request) {
        this.distribution = distribution;
        this.request = request;
        this.project = request.project();
    }

    /** The root filesystem as a tar archive, compiled if the cache does not hold it. */
    Path root() throws IOException {
        Inputs inputs = new Inputs(project.digests()).value("recipe", RECIPE).value("project.build.outputTimestamp", project.settings().timestamp());
        String key = RootInputs.describe(distribution, request, inputs).fingerprint().substring(0, 32);
        Path folder = project.cache().folder().resolve("buildroot").resolve(key);
        if (!LastUse.claim(project.cache().folder(), folder)) {
            try (CacheLock lock = CacheLock.hold(project.cache().lock("buildroot-" + key), () -> project.log().info("waiting for another build that runs the same Buildroot"))) {
                if (!LastUse.claim(project.cache().folder(), folder)) {
                    WholeOutput.folder(folder, this::build);
                }
            }
        }
        return folder.resolve(ROOT);
    }

    private void build(Path folder) throws IOException {
        SourceTree source = project.provide(request.options().require(BuildrootDistribution.SOURCE, "run Buildroot"));
        if (!Files.isRegularFile(source.folder().resolve("package/busybox/busybox.mk"))) {
            throw new ProblemException("this is not Buildroot: it has no package/busybox/busybox.mk", source.origin(), "Correct distro.opts.source");
        }
        claimDownloads();
        Path log = project.layout().log("buildroot");
        Path build = folder.resolve("build");
        Path wanted = folder.resolve("wanted.config");
        BuildrootConfiguration.write(new HostToolchain(project).provide(), BuildrootDistribution.fragments(request), wanted);
        make(source, build, "configure Buildroot", log.resolveSibling("buildroot-config.log"), "BR2_DEFCONFIG=" + wanted, "defconfig").check();
        List<String> missing = BuildrootConfiguration.notTaken(wanted, build.resolve(".config"));
        if (!missing.isEmpty()) {
            project.log().warn("Buildroot did not take " + String.join(", ", missing) + ": unknown in this version, or something that it depends on is off");
        }
        Progress progress = new Progress(project.log(), "running Buildroot");
        Command.Outcome outcome = make(source, build, "run Buildroot", log).onLine(progress::makeLine).run();
        if (outcome.exit() != 0) {
            String unfetched = unfetched(outcome.tail());
            if (unfetched != null) {
                throw new ProblemException("Buildroot could not fetch the source of " + unfetched + " (" + log + ")", downloads(),
                        "Check the network, say with -D" + PRIMARY_SITE + "=URL where sources are, or put it into that folder as PACKAGE/FILE");
            }
            throw new ToolFailure("run Buildroot", "make", outcome, LIMIT, log);
        }
        Files.move(build.resolve("images").resolve(ROOT), folder.resolve(ROOT), StandardCopyOption.ATOMIC_MOVE);
        Files.copy(build.resolve(".config"), folder.resolve("buildroot.config"));
        WholeOutput.delete(build);
        progress.done();
    }

    /** The package that Buildroot could not fetch, with its version; null if something else went wrong. */
    static String unfetched(List<String> lines) {
        return lines.stream().map(UNFETCHED::matcher).filter(Matcher::find).map(matcher -> matcher.group(1)).findFirst().orElse(null);
    }

    /** Which of them it needs, only Buildroot knows. A folder of the user's own is none of the cache's. */
    private void claimDownloads() throws IOException {
        Files.createDirectories(downloads());
        if (System.getProperty(DOWNLOADS) == null) {
            try (Stream<Path> packages = Files.list(downloads())) {
                for (Path each : packages.toList()) {
                    LastUse.claim(project.cache().folder(), each);
                }
            }
        }
    }

    private Path downloads() {
        String filled = System.getProperty(DOWNLOADS);
        return filled == null ? project.cache().folder().resolve("buildroot-downloads") : Path.of(filled).toAbsolutePath();
    }

    private Command make(SourceTree source, Path build, String what, Path log, String... targets) throws IOException {
        List<String> words = new ArrayList<>(List.of("-C", source.folder().toString(), "O=" + build, "BR2_DL_DIR=" + downloads(), "BR2_JLEVEL=" + project.settings().parallelism()));
        String site = System.getProperty(PRIMARY_SITE);
        if (site != null) {
            words.add("BR2_PRIMARY_SITE=" + site);
        }
        Command command = new Command(what, project.tools().require(HostTools.MAKE).path().toString()).args(words).args((Object[]) targets).cleanEnvironment();
        Stream.of("http_proxy", "https_proxy", "ftp_proxy", "no_proxy").filter(System.getenv()::containsKey).forEach(name -> command.env(name, System.getenv(name)));
        return command.env(BuildrootDistribution.environment(request).variables())
                .env("PATH", project.tools().searchPath()).env("HOME", build.toString()).env("SOURCE_DATE_EPOCH", Long.toString(project.settings().timestamp().getEpochSecond()))
                .log(log).limit(LIMIT);
    }
}
