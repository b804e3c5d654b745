// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Command;
import dev.marshal.tool.Log;
import dev.marshal.tool.Requirement;
import dev.marshal.tool.Toolbox;
import dev.marshal.tool.ToolFailure;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Source archives inside binary packages, such as {@code linux-source-6.1}: from the host if installed there, else through apt. */
final class DebianPackages {

    private static final Requirement DPKG_QUERY = new Requirement("dpkg-query", null, List.of(), "find source packages", "dpkg", "dpkg", "dpkg");
    private static final Path STATUS = Path.of("/var/lib/dpkg/status");
    private static final Pattern DEPENDS = Pattern.compile("(?m)^\\s*Depends: ([a-z0-9][a-z0-9+.-]*)");
    private static final Pattern ARCHIVE = Pattern.compile(".*/usr/src/[^/]+\\.tar\\.(xz|gz|bz2|zst)");
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final Path downloads;
    private final Toolbox tools;
    private final FileDigests digests;
    private final boolean offline;
    private final Log log;

    DebianPackages(Path downloads, Toolbox tools, FileDigests digests, boolean offline, Log log) {
        this.downloads = downloads;
        this.tools = tools;
        this.digests = digests;
        this.offline = offline;
        this.log = log;
    }

    /** The package that really holds the source, with its version; asked again only after packages were installed or removed. */
    SourceSpec.DebianPackage pin(SourceSpec.DebianPackage wanted) throws IOException {
        if (wanted.version() != null) {
            return wanted;
        }
        if (!Files.exists(STATUS) || tools.find(DPKG_QUERY).isEmpty()) {
            throw new ProblemException("this host is no Debian, so it has no package '" + wanted.name() + "'", null,
                    "Name another source, such as an archive or git+https://…#COMMIT, where " + wanted + " is named");
        }
        Path memo = downloads.resolveSibling("debian").resolve(wanted.name());
        String status = digests.of(STATUS);
        if (LastUse.claim(downloads.getParent(), memo)) {
            List<String> lines = Files.readAllLines(memo);
            if (lines.size() == 2 && lines.get(0).equals(status)) {
                return (SourceSpec.DebianPackage) SourceNotation.parse(lines.get(1));
            }
        }
        SourceSpec.DebianPackage pinned = find(wanted);
        WholeOutput.file(memo, temporary -> Files.write(temporary, List.of(status, pinned.toString())));
        return pinned;
    }

    /** The source archive in the package. @throws ProblemException if it cannot be had in this version */
    Path archive(SourceSpec.DebianPackage wanted) throws IOException {
        SourceSpec.DebianPackage pinned = pin(wanted);
        Optional<Path> here = installedVersion(pinned.name()).filter(pinned.version()::equals).isPresent() ? installedArchive(pinned.name()) : Optional.empty();
        if (here.isPresent()) {
            return here.get();
        }
        Path folder = downloads.resolve(pinned.name() + "=" + pinned.version().replace(':', '_'));
        if (!LastUse.claim(downloads.getParent(), folder)) {
            if (offline) {
                throw new ProblemException("the source " + pinned + " is neither installed nor in the cache, and Maven is offline", null,
                        "Run once without '-o', or install it: apt-get install " + pinned.name());
            }
            WholeOutput.folder(folder, temporary -> download(pinned, temporary));
        }
        return sourceArchive(folder).orElseThrow(() -> new ProblemException("the package " + pinned.name() + " holds no source archive in /usr/src", null, "Name a package such as linux-source"));
    }

    private SourceSpec.DebianPackage find(SourceSpec.DebianPackage wanted) throws IOException {
        // a meta package such as linux-source depends on the package of the release
        if (installedVersion(wanted.name()).isPresent()) {
            if (installedArchive(wanted.name()).isPresent()) {
                return new SourceSpec.DebianPackage(wanted.name(), installedVersion(wanted.name()).get());
            }
            Optional<String> real = dependency(run("ask dpkg for " + wanted.name(), "dpkg-query", "-W", "-f", "Depends: ${Depends}\\n", wanted.name()));
            if (real.isPresent() && installedVersion(real.get()).isPresent()) {
                return new SourceSpec.DebianPackage(real.get(), installedVersion(real.get()).get());
            }
        }
        String name = dependency(apt(wanted, "depends", "--important", wanted.name())).orElse(wanted.name());
        Matcher version = Pattern.compile("(?m)^\\s*Candidate: (\\S+)$").matcher(apt(wanted, "policy", name));
        if (!version.find() || version.group(1).equals("(none)")) {
            throw unknown(wanted);
        }
        return new SourceSpec.DebianPackage(name, version.group(1));
    }

    private static Optional<String> dependency(String text) {
        Matcher matcher = DEPENDS.matcher(text);
        return matcher.find() && matcher.group(1).contains("source") ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private String apt(SourceSpec.DebianPackage wanted, String... words) throws IOException {
        try {
            return run("ask apt for " + wanted.name(), "apt-cache", words);
        } catch (ToolFailure e) {
            throw unknown(wanted);
        }
    }

    private static ProblemException unknown(SourceSpec.DebianPackage wanted) {
        return new ProblemException("apt knows no package '" + wanted.name() + "'", null, "Run 'apt-get update' as root, correct the name, or name another source: " + SourceNotation.FORMS);
    }

    private Optional<String> installedVersion(String name) throws IOException {
        try {
            String[] fields = run("ask dpkg for " + name, "dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Version}", name).strip().split("\\s+");
            return fields.length == 2 && fields[0].equals("ii") ? Optional.of(fields[1]) : Optional.empty();
        } catch (ToolFailure e) {
            return Optional.empty();
        }
    }

    private Optional<Path> installedArchive(String name) throws IOException {
        return run("list the files of " + name, "dpkg-query", "-L", name).lines().filter(file -> ARCHIVE.matcher(file).matches()).map(Path::of).filter(Files::exists).findFirst();
    }

    private void download(SourceSpec.DebianPackage pinned, Path folder) throws IOException {
        log.info("fetching the package " + pinned.name() + " " + pinned.version());
        try {
            new Command("fetch the package " + pinned.name() + " " + pinned.version(), "apt-get").args("download", pinned.name() + "=" + pinned.version()).in(folder).limit(LIMIT).check();
        } catch (ToolFailure e) {
            throw new ProblemException(e.problems().get(0).what(), null,
                    "Run 'apt-get update' as root and try again; if the mirror no longer has this version, name another source: " + SourceNotation.FORMS, e);
        }
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.filter(each -> each.toString().endsWith(".deb")).findFirst().orElseThrow(() -> new IOException("apt-get download left no package in " + folder));
        }
        new Command("unpack " + file.getFileName(), "dpkg-deb").args("--extract", file, folder).limit(LIMIT).check();
        Files.delete(file);
    }

    private static Optional<Path> sourceArchive(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> ARCHIVE.matcher(file.toString()).matches()).findFirst();
        }
    }

    private static String run(String what, String program, String... words) throws IOException {
        return new Command(what, program).args((Object[]) words).env("LC_ALL", "C").limit(Duration.ofMinutes(2)).output();
    }
}
