// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.ToolFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Runs mmdebstrap: to a whole root in a namespace, or only to the packages of one.
 *
 * @param project  what it is for
 * @param options  of the distribution
 * @param folder   for this run's files, which whoever calls deletes
 * @param archives where packages are kept for all builds
 */
record Mmdebstrap(WorkloadProject project, DebianOptions options, Path folder, Path archives) {

    /** What makes the required packages a system that boots. */
    static final List<String> BOOTS = List.of("systemd-sysv", "systemd-resolved", "udev", "dbus", "iproute2", "kmod", "login");

    private static final Duration LIMIT = Duration.ofMinutes(60);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 2;
    /** Settings of the host's apt for fetching; the rest of its configuration is about the host itself. */
    private static final Pattern FETCHING = Pattern.compile("Acquire::(https?|Check-Valid-Until|Check-Date|Max-FutureTime|Retries|ForceIPv4|ForceIPv6|Send-URI-Encoded)\\b.*\".+\";");

    /** @param lock the packages @param mirror address they came from @param tar the root; absent if only packages were wanted */
    record Result(PackageLock lock, String mirror, Optional<Path> tar) {}

    /**
     * @param programs how packages are configured; empty if they are only fetched
     * @throws ProblemException in the user's words, if anything that a user can set right is wrong
     */
    Result run(Optional<ForeignPrograms> programs) throws IOException {
        String mirror = options.mirror().isPresent() ? options.mirror().get() : project.sources().debianMirrors().get(0);
        if (options.lock().isPresent()) {
            PackageLock lock = PackageLock.read(options.lock().get());
            Path archive = Files.createDirectory(folder.resolve("archive"));
            LockedArchive.make(project, lock, archives, archive, options.mirror());
            attempt(programs, "", "deb [trusted=yes] copy:" + archive + " ./", mirror, lock);
            return new Result(lock, mirror, programs.map(found -> tar()));
        }
        if (project.sources().offline() && mirror.startsWith("http")) {
            throw new ProblemException("the packages of a new Debian root filesystem are fetched from " + mirror + ", and Maven is offline", null,
                    "Run once without '-o', or name a lock whose packages are all in the cache in 'distro.opts.lock'");
        }
        AptProblem.Found found = null;
        String failed = null;
        for (String suite : options.suites()) {
            if (found != null) {
                project.log().warn(found.text(mirror, failed) + "; trying the suite '" + suite + "' instead");
            }
            project.log().info("putting together Debian's suite '" + suite + "' from " + mirror);
            found = attempts(programs, suite, mirror);
            if (found == null) {
                return new Result(PackageLock.ofUris(Files.readAllLines(uris()), mirror, suite, options.components()), mirror, programs.map(each -> tar()));
            }
            failed = suite;
            if (!found.ofThisSuiteOnly()) {
                break;
            }
        }
        throw found.exception(mirror, failed, null, log());
    }

    /** What is asked for beside the required packages. */
    List<String> wanted() {
        List<String> wanted = new ArrayList<>(BOOTS);
        options.packages().stream().filter(name -> !wanted.contains(name)).forEach(wanted::add);
        return wanted;
    }

    private AptProblem.Found attempts(Optional<ForeignPrograms> programs, String suite, String mirror) throws IOException {
        AptProblem.Found found = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            if (i > 0) {
                project.log().warn(found.text(mirror, suite) + "; trying again in " + PAUSE.toSeconds() + " s");
                pause();
            }
            found = attempt(programs, suite, source(mirror, suite), mirror, null);
            if (found == null || found.problem() != AptProblem.INCONSISTENT) {
                return found;
            }
        }
        return found;
    }

    /** A keyring that is named counts alone: mmdebstrap would look for one that fits among the host's. */
    private String source(String mirror, String suite) {
        return options.keyring().map(keyring -> "deb [signed-by=" + keyring + "] " + mirror + " " + suite + " " + String.join(" ", options.components())).orElse(mirror);
    }

    /** @return what went wrong; null if nothing did */
    private AptProblem.Found attempt(Optional<ForeignPrograms> programs, String suite, String source, String mirror, PackageLock lock) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(project.tools().require(HostTools.MMDEBSTRAP).path().toString());
        words.addAll(List.of("--architectures=riscv64", "--skip=check/qemu,check/chrootless,download/empty,essential/unlink,output/mknod", "--components=" + String.join(",", options.components()), "--aptopt=" + aptOptions(),
                "--dpkgopt=force-unsafe-io", "--setup-hook=sh \"$MARSHAL_HOOK\" seed \"$1\""));
        if (programs.isPresent()) {
            words.addAll(List.of("--mode=root", "--variant=minbase", "--format=tar", "--customize-hook=sh \"$MARSHAL_HOOK\" tidy \"$1\""));
        } else {
            words.addAll(List.of("--mode=chrootless", "--variant=extract", "--format=null", "--include=?essential", "--include=?priority(required)", "--include=apt", "--extract-hook=sh \"$MARSHAL_HOOK\" keep \"$1\""));
        }
        if (lock == null) {
            wanted().forEach(name -> words.add("--include=" + name));
        } else {
            lock.packages().forEach(entry -> words.add("--include=" + entry.file().substring(0, entry.file().indexOf('_'))));
        }
        options.keyring().ifPresent(keyring -> words.add("--keyring=" + keyring));
        words.add(suite);
        words.add(programs.isPresent() ? tar().toString() : "-");
        words.add(source);
        String what = "put together Debian's packages";
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        Command command = programs.map(found -> found.command(what, scratch, words.toArray())).orElseGet(() -> new Command(what, words.get(0)).args(words.subList(1, words.size())).env("TMPDIR", scratch.toString()));
        List<String> lines = new ArrayList<>();
        Command.Outcome outcome = command.env("SOURCE_DATE_EPOCH", Long.toString(project.settings().timestamp().getEpochSecond())).env("MARSHAL_HOOK", hook().toString()).env("MARSHAL_ARCHIVES", archives.toString())
                .env("MARSHAL_URIS", uris().toString()).env("MARSHAL_WANTED", "?essential ?priority(required) apt " + String.join(" ", wanted())).env("LC_ALL", "C").env("DEBIAN_FRONTEND", "noninteractive")
                .onLine(line -> add(lines, line)).log(log()).limit(LIMIT).run();
        if (outcome.exit() == 0) {
            return null;
        }
        AptProblem.Found found;
        synchronized (lines) {
            found = AptProblem.find(lines);
        }
        if (found.problem() == null || lock != null) {
            throw new ToolFailure(what, "mmdebstrap", outcome, LIMIT, log());
        }
        return found;
    }

    private static void add(List<String> lines, String line) {
        synchronized (lines) {
            lines.add(line);
        }
    }

    /** A file of the options of the host's apt for fetching, and of those that the specification adds. */
    private Path aptOptions() throws IOException {
        List<String> lines = new ArrayList<>();
        new Command("ask apt for its configuration", "apt-config").args("dump").limit(Duration.ofMinutes(1)).output().lines().filter(line -> FETCHING.matcher(line).matches()).forEach(lines::add);
        options.aptOptions().forEach(option -> lines.add(option.endsWith(";") ? option : option + ";"));
        return Files.write(folder.resolve("apt.conf"), lines);
    }

    private Path hook() throws IOException {
        return Files.write(folder.resolve("hook"), Resources.bytes("hook"));
    }

    private Path uris() {
        return folder.resolve("uris");
    }

    private Path tar() {
        return folder.resolve("root.tar");
    }

    private Path log() {
        return project.layout().log("mmdebstrap");
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new java.io.InterruptedIOException("interrupted").initCause(e);
        }
    }
}
