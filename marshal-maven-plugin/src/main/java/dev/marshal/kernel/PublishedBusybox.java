// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.initramfs.BusyboxBuild;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.KernelBuild;
import dev.marshal.workload.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The compiled BusyBox that a base published: taken where it is what would be compiled here. */
final class PublishedBusybox implements BusyboxBuild.Compiled {

    private final WorkloadProject project;
    private final PublishedArtifacts artifacts;

    PublishedBusybox(WorkloadProject project) {
        this.project = project;
        this.artifacts = new PublishedArtifacts(project, "BusyBox", "the BusyBox");
    }

    @Override
    public boolean get(BusyboxBuild.Identity wanted, Path folder) throws IOException {
        for (Layer layer : artifacts.newestFirst()) {
            Optional<Path> archive = fits(layer, wanted, true) ? fetch(layer) : Optional.empty();
            if (archive.isPresent()) {
                project.log().info("unpacking the BusyBox of " + layer.coordinates());
                TreeArchive.unpack(archive.get(), folder);
                for (String file : new String[] {BusyboxBuild.PROGRAM, BusyboxBuild.LINKS}) {
                    if (!Files.isRegularFile(folder.resolve(file))) {
                        throw new ProblemException("the BusyBox of " + layer.coordinates() + " was published without " + file, archive.get(), "Do not use this artifact; ask whoever published it");
                    }
                }
                return true;
            }
        }
        return false;
    }

    /** Gets the newest that is of use here onto this machine, for a later build. @return whether there is one */
    boolean fetch(BusyboxBuild.Identity wanted) throws IOException {
        for (Layer layer : artifacts.newestFirst()) {
            if (fits(layer, wanted, false) && fetch(layer).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private Optional<Path> fetch(Layer layer) throws IOException {
        return artifacts.fetch(layer, KernelBuild.Busybox.ARTIFACT, layer.kernelBuild().busybox().sha256());
    }

    private boolean fits(Layer layer, BusyboxBuild.Identity wanted, boolean tell) {
        KernelBuild.Busybox published = layer.kernelBuild() == null ? null : layer.kernelBuild().busybox();
        if (published == null) {
            return false;
        }
        String reason = null;
        if (!published.source().equals(wanted.source())) {
            reason = "it is of the source " + published.source() + ", this one of " + wanted.source();
        } else if (!published.configuration().equals(wanted.configuration())) {
            reason = "its configuration is another one";
        } else if (!published.compiler().equals(wanted.compiler())) {
            reason = "it was compiled by '" + published.compiler() + "', this host has '" + wanted.compiler() + "'";
        } else if (!published.recipe().equals(wanted.recipe())) {
            reason = "another version of the plugin builds it otherwise";
        }
        if (reason != null && tell) {
            project.log().info("the BusyBox of " + layer.coordinates() + " is of no use here: " + reason);
        }
        return reason == null;
    }
}
