// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A source tree as an archive, to be published as an artifact. */
public final class SourceArchiveStep implements Step {

    /** How the names of folders begin that builds make in a source tree of the cache. */
    private static final String OWN = "marshal-";

    private final Sources sources;
    private final SourceSpec spec;
    private final Path workdir;
    private final Instant time;
    private final FileDigests digests;
    private final Path archive;

    /**
     * @param sources gets the tree
     * @param spec    the source
     * @param workdir folder that its path is relative to
     * @param time    the time that all entries bear
     * @param digests what is known of files
     * @param archive where it goes
     */
    public SourceArchiveStep(Sources sources, SourceSpec spec, Path workdir, Instant time, FileDigests digests, Path archive) {
        this.sources = sources;
        this.spec = spec;
        this.workdir = workdir;
        this.time = time;
        this.digests = digests;
        this.archive = archive;
    }

    @Override
    public String name() {
        return "source";
    }

    @Override
    public Inputs inputs() {
        return new Inputs(digests).value("source", sources.identity(spec, workdir)).value("project.build.outputTimestamp", time);
    }

    @Override
    public List<Path> outputs() {
        return List.of(archive);
    }

    @Override
    public void build() throws IOException {
        SourceTree tree = sources.provide(spec, workdir);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(tree.folder())) {
            files = walk.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !isOwn(tree, tree.folder().relativize(file).getName(0).toString())).sorted().toList();
        }
        WholeOutput.file(archive, temporary -> TarZst.write(tree.folder(), files, time, temporary));
    }

    /** What stands in the tree's top folder, but is no part of the source. */
    private static boolean isOwn(SourceTree tree, String name) {
        return tree.shared() ? name.startsWith(OWN) : name.equals(".git");
    }
}
