// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.distro.Distribution;
import dev.marshal.distro.Distribution.BootScript;
import dev.marshal.distro.Distributions;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import dev.marshal.workload.Script;
import java.util.List;
import java.util.Optional;

/** What a workload's root filesystem is made of. */
public final class ImagePlan {

    private final WorkloadProject project;
    private final Distribution distribution;

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

    /** What the chain stands on. */
    public Distribution distribution() {
        return distribution;
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
