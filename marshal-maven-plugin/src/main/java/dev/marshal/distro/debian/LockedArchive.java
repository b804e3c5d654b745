// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceSpec;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.uptodate.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** An archive of the packages of a lock and nothing else, so that apt has no choice. */
final class LockedArchive {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private LockedArchive() {}

    /**
     * @param kept   packages that earlier builds kept
     * @param folder empty; becomes the archive
     * @param mirror address to fetch from; empty for the host's mirrors
     * @throws ProblemException if a package cannot be had any more, or is another one
     */
    static void make(WorkloadProject project, PackageLock lock, Path kept, Path folder, Optional<String> mirror) throws IOException {
        String dpkgDeb = project.tools().require(HostTools.DPKG_DEB).path().toString();
        StringBuilder index = new StringBuilder();
        for (PackageLock.Entry entry : lock.packages()) {
            Path file = kept.resolve(entry.file());
            if (!Files.exists(file) || !Sha256.of(file).equals(entry.sha256())) {
                file = fetch(project, entry, mirror);
            }
            Files.copy(file, folder.resolve(entry.file()));
            String fields = new Command("read " + file.getFileName(), dpkgDeb).args("--field", file).limit(LIMIT).output();
            index.append(fields.stripTrailing()).append("\nFilename: ./").append(entry.file()).append("\nSize: ").append(Files.size(file)).append("\nSHA256: ").append(entry.sha256()).append("\n\n");
        }
        Files.writeString(folder.resolve("Packages"), index);
    }

    private static Path fetch(WorkloadProject project, PackageLock.Entry entry, Optional<String> mirror) throws IOException {
        SourceSpec source = mirror.isPresent() && mirror.get().startsWith("http") ? new SourceSpec.Url(mirror.get() + entry.path(), entry.sha256()) : new SourceSpec.DebianPool(entry.path(), entry.sha256());
        try {
            return project.sources().file(source, project.layout().work());
        } catch (ProblemException e) {
            Problem problem = e.problems().get(0);
            throw new ProblemException("the lock's package " + entry.file() + " cannot be had: " + problem.what(), problem.where(),
                    "Name a mirror in 'distro.opts.mirror' that keeps old versions (a snapshot of the archive), or leave 'lock' out once to make a new one", e);
        }
    }
}
