// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Log;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.Sha256;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Turns what a specification says of a source into a tree on this machine, fetched and unpacked once for all builds. */
public final class Sources {

    private final Path cache;
    private final FileDigests digests;
    private final Log log;
    private final boolean offline;
    private final Downloads downloads;
    private final DebianPackages debian;
    private final DebianMirror mirror;
    private final GitSource git;
    private final ArtifactFetcher artifacts;
    private final Unpacking unpacking;

    /**
     * @param cache     where downloads and unpacked trees are kept
     * @param tools     the host's programs
     * @param artifacts gets files from Maven repositories
     * @param digests   what is known of files
     * @param offline   whether nothing may be fetched
     * @param log       the user
     */
    public Sources(Path cache, Toolbox tools, ArtifactFetcher artifacts, FileDigests digests, boolean offline, Log log) {
        this.cache = cache;
        this.digests = digests;
        this.log = log;
        this.artifacts = artifacts;
        this.offline = offline;
        this.downloads = new Downloads(cache.resolve("downloads"), offline, log);
        this.debian = new DebianPackages(cache.resolve("downloads"), tools, digests, offline, log);
        this.mirror = new DebianMirror(tools, downloads);
        this.git = new GitSource(tools, offline, log);
        this.unpacking = new Unpacking(tools);
    }

    /**
     * The same source, said so that it means the same on every machine and day: a package gets its version.
     *
     * @param spec    the source
     * @param workdir folder that its path is relative to
     */
    public SourceSpec pin(SourceSpec spec, Path workdir) throws IOException {
        return spec instanceof SourceSpec.DebianPackage debianPackage ? debian.pin(debianPackage) : spec;
    }

    /**
     * What makes it this source and no other, the same on every machine; nothing is fetched to find out.
     *
     * @param spec    the source
     * @param workdir folder that its path is relative to
     * @throws ProblemException if a folder or file does not exist, or the package is unknown
     */
    public String identity(SourceSpec spec, Path workdir) {
        try {
            if (spec instanceof SourceSpec.Folder folder) {
                return "folder:" + new Inputs(digests).tree("source", existing(folder.path(), workdir)).fingerprint();
            }
            if (spec instanceof SourceSpec.Archive archive) {
                return "sha256:" + (archive.sha256() != null ? archive.sha256() : digests.of(existing(archive.path(), workdir)));
            }
            if (spec instanceof SourceSpec.Url url) {
                return "sha256:" + url.sha256();
            }
            if (spec instanceof SourceSpec.DebianPool pool) {
                return "sha256:" + pool.sha256();
            }
            if (spec instanceof SourceSpec.Git repository) {
                return "git:" + repository.commit();
            }
            if (spec instanceof SourceSpec.DebianPackage debianPackage) {
                return debian.pin(debianPackage).toString();
            }
            SourceSpec.Artifact artifact = (SourceSpec.Artifact) spec;
            return artifact.coordinates().endsWith("-SNAPSHOT") ? "sha256:" + digests.of(artifacts.fetch(artifact.file())) : artifact.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The source as a tree, fetched, checked and unpacked if it is not yet.
     *
     * @param spec    the source
     * @param workdir folder that its path is relative to
     * @throws ProblemException if it cannot be had, or is not what it should be
     */
    public SourceTree provide(SourceSpec spec, Path workdir) throws IOException {
        String identity = identity(spec, workdir);
        if (spec instanceof SourceSpec.Folder folder) {
            Path tree = existing(folder.path(), workdir);
            return new SourceTree(tree, identity, false, tree.toString());
        }
        Path tree = cache.resolve("sources").resolve(Sha256.of(identity).substring(0, 32));
        if (!LastUse.claim(cache, tree)) {
            try (CacheLock lock = CacheLock.hold(cache.resolve("locks").resolve("source-" + tree.getFileName()), () -> log.info("waiting for another build that fetches " + spec))) {
                if (!LastUse.claim(cache, tree)) {
                    WholeOutput.folder(tree, temporary -> fill(spec, workdir, temporary));
                    // until now its time is that of the archive
                    LastUse.claim(cache, tree);
                }
            }
        }
        return new SourceTree(tree, identity, true, spec.toString());
    }

    /**
     * A file in a Maven repository.
     *
     * @param coordinates {@code groupId:artifactId[:type[:classifier]]:version}
     * @throws ProblemException if it cannot be had
     */
    public Path artifact(String coordinates) {
        return artifacts.fetch(coordinates);
    }

    /**
     * The source as one file, fetched and checked if it is not yet: an archive, an image.
     *
     * @param spec    the source; no folder and no git repository
     * @param workdir folder that its path is relative to
     * @throws ProblemException if it cannot be had, or is not what it should be
     */
    public Path file(SourceSpec spec, Path workdir) throws IOException {
        if (spec instanceof SourceSpec.Folder || spec instanceof SourceSpec.Git) {
            throw new ProblemException("the source " + spec + " is not one file", null, "Name a file, https://…#sha256=…, or artifact:GROUP:ARTIFACT[:TYPE[:CLASSIFIER]]:VERSION");
        }
        return archive(spec, workdir);
    }

    /** The Debian mirrors that the host's apt uses, the archive's own before those of others; each address ends in a slash. @throws ProblemException if there is none */
    public List<String> debianMirrors() throws IOException {
        return mirror.mirrors("packages");
    }

    /** Whether nothing may be fetched. */
    public boolean offline() {
        return offline;
    }

    private void fill(SourceSpec spec, Path workdir, Path folder) throws IOException {
        if (spec instanceof SourceSpec.Git repository) {
            git.checkOut(repository, folder);
            return;
        }
        Path archive = archive(spec, workdir);
        log.info("unpacking " + archive.getFileName());
        unpacking.unpack(archive, folder);
    }

    private Path archive(SourceSpec spec, Path workdir) throws IOException {
        if (spec instanceof SourceSpec.Archive archive) {
            Path file = existing(archive.path(), workdir);
            Checksum.check(spec.toString(), file, archive.sha256(), digests.of(file));
            return file;
        }
        if (spec instanceof SourceSpec.Url url) {
            return downloads.get(spec.toString(), url.url(), url.sha256());
        }
        if (spec instanceof SourceSpec.DebianPool pool) {
            return mirror.get(pool);
        }
        if (spec instanceof SourceSpec.DebianPackage debianPackage) {
            return debian.archive(debianPackage);
        }
        return artifacts.fetch(((SourceSpec.Artifact) spec).file());
    }

    private static Path existing(String path, Path workdir) {
        Path file = workdir.resolve(path).normalize();
        if (!Files.exists(file)) {
            throw new ProblemException("the source " + file + " does not exist", null,
                    "Correct the option that names it; where a base names it, it stood on the machine that built the base: name a source of your own, or have the base published with one that travels");
        }
        return file;
    }
}
