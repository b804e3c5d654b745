// SPDX-License-Identifier: Apache-2.0
package dev.marshal.project;

import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What earlier builds gave under names that this one does not use: of jobs that are no more, or of a workload that had another name. A build from nothing
 * does not have it, and it would be taken for what was built. Outputs of runs stay: they are nothing that a build gives.
 */
public final class FormerOutputs {

    private final WorkloadProject project;
    private final Layout layout;

    /** @param project what is built */
    public FormerOutputs(WorkloadProject project) {
        this.project = project;
        this.layout = project.layout();
    }

    /** Deletes it. */
    public void delete() throws IOException {
        Set<Path> present = project.withItsJobs().stream().flatMap(each -> each.layout().outputs().stream()).collect(Collectors.toSet());
        Path name = layout.work().resolve("name");
        String before = Files.exists(name) ? Files.readString(name) : "";
        if (!before.equals(layout.name())) {
            if (!before.isEmpty()) {
                Layout former = new Layout(layout.target(), before, layout.work());
                delete(former, present);
                for (Layout job : former.jobs()) {
                    delete(job, present);
                }
            }
            WholeOutput.file(name, temporary -> Files.writeString(temporary, layout.name()));
        }
        Set<Path> folders = project.jobs().stream().map(job -> job.layout().work()).collect(Collectors.toSet());
        for (Layout job : layout.jobs()) {
            if (!folders.contains(job.work())) {
                delete(job, present);
                WholeOutput.delete(job.work());
            }
        }
    }

    /** The former name of one may be the present name of another. */
    private static void delete(Layout former, Set<Path> present) throws IOException {
        for (Path output : former.outputs()) {
            if (!present.contains(output)) {
                Files.deleteIfExists(output);
            }
        }
    }
}
