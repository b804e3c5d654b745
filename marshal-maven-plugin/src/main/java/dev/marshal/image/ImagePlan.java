// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.distro.Distribution;
import dev.marshal.distro.Distribution.BootScript;
import dev.marshal.distro.Distributions;
import dev.marshal.distro.RootRequest;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import dev.marshal.workload.Script;
import dev.marshal.workload.Sourced;
import dev.marshal.workload.SpecificationCheck;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a workload's root filesystem is made of. */
public final class ImagePlan {

    private final WorkloadProject project;
    private final Distribution distribution;
    private Optional<ForkedBase> fork;

    /** @param project what is built */
    public ImagePlan(WorkloadProject project) {
        this.project = project;
        this.distribution = Distributions.of(project.chain());
    }

    /** Whether there is a root filesystem. */
    public boolean exists() {
        boolean wanted = distribution.hasRootFilesystem();
        if (!wanted) {
            for (Option<?> option : List.of(Options.OVERLAY, Options.FILES, Options.GUEST_INIT, Options.RUN, Options.COMMAND)) {
                project.chain().own().specification().get(option).ifPresent(setting -> {
                    throw new ProblemException("'" + option + "' changes a root filesystem, but the distribution '" + distribution.name() + "' has none", setting.where(),
                            "Remove it, or choose a base with a root filesystem");
                });
            }
        }
        return wanted;
    }

    /** Whether the specification brings the image as it is. */
    public boolean given() {
        return project.chain().value(Options.IMG).isPresent();
    }

    /** Gets the base's root filesystem onto this machine. @throws IOException if it cannot be had */
    public void fetch() throws IOException {
        if (project.base().isPresent() && !project.base().get().inBuild()) {
            BaseImages.of(project, project.base().get());
        }
    }

    /** What the chain stands on. */
    public Distribution distribution() {
        return distribution;
    }

    /** The first root filesystem, as it is asked for where this workload is the first of its chain. */
    RootRequest root() {
        return new RootRequest(project, Distributions.options(project.chain()), size().map(Sourced::value).orElse(0L));
    }

    /** The base's root filesystem made again, if this workload wants other options of the distribution; empty if the base's own will do. */
    Optional<ForkedBase> fork() throws IOException {
        if (fork == null) {
            fork = given() || !distribution.hasRootFilesystem() ? Optional.empty() : ForkedBase.of(project);
        }
        return fork;
    }

    /** The size that this workload asks for; a size that a base asked for is in the base's image already. */
    Optional<Sourced<Long>> size() {
        return project.chain().get(Options.ROOTFS_SIZE).filter(size -> size.layer() == project.chain().own() || size.value() == 0);
    }

    /**
     * Finds files that are missing, of the workload's own and of its distribution, and whatever else the distribution cannot work with. Not to be called
     * before the host script ran, which may make them.
     *
     * @throws ProblemException with all that is wrong
     */
    public void checkFiles() throws IOException {
        Layer own = project.chain().own();
        SpecificationCheck.files(Stream.concat(Stream.of(own), Distributions.options(own).stream()).toList());
        if (project.base().isEmpty()) {
            distribution.check(root());
        } else if (fork().isPresent()) {
            fork().get().check();
        }
    }

    /** What runs at every boot, if this workload says anything of it. */
    public Optional<BootScript> runAtBoot() {
        Chain chain = project.chain();
        Optional<BootScript> run = chain.value(Options.RUN).map(this::script);
        return run.isPresent() ? run : chain.value(Options.COMMAND).map(command -> new BootScript(null, List.of(command)));
    }

    /** Whether the machine powers off after what runs at boot. */
    public boolean powersOff() {
        return project.chain().value(Options.COMMAND).isPresent();
    }

    /** What runs once, while the image is built. */
    public Optional<BootScript> guestInit() {
        return project.chain().value(Options.GUEST_INIT).map(this::script);
    }

    private BootScript script(Script script) {
        Layer own = project.chain().own();
        return new BootScript(own.resolve(script.path()), script.arguments());
    }
}
