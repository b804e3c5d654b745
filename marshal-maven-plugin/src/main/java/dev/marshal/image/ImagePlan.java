// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.distro.Distribution;
import dev.marshal.distro.Distribution.BootScript;
import dev.marshal.distro.Distributions;
import dev.marshal.distro.RootRequest;
import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import dev.marshal.workload.Script;
import dev.marshal.workload.Sourced;
import dev.marshal.workload.Sizes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** Whether there is a root filesystem: of a distribution, or one that a base took as it was. */
    public boolean exists() {
        boolean scripted = distribution.hasRootFilesystem();
        boolean wanted = scripted || project.base().flatMap(BaseWorkload::rootfs).isPresent();
        String none = "changes a root filesystem, but the distribution '" + distribution.name() + "' has none";
        List<Problem> problems = new ArrayList<>();
        if (!wanted) {
            refuse(List.of(Options.OVERLAY, Options.FILES), none, problems);
        }
        if (!scripted) {
            refuse(List.of(Options.GUEST_INIT, Options.RUN, Options.COMMAND), wanted ? "runs in the guest, but it is not known how in an image that a base took as it was" : none, problems);
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return wanted;
    }

    private void refuse(List<Option<?>> options, String why, List<Problem> problems) {
        for (Option<?> option : options) {
            project.chain().own().specification().get(option).ifPresent(setting ->
                    problems.add(new Problem("'" + option + "' " + why, setting.where().toString(), "Remove it, or choose a base with a root filesystem")));
        }
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

    /** Bytes that the image will have; empty if they follow from what the distribution makes, or from what is used. */
    public Optional<Long> expectedSize() {
        Optional<Long> asked = size().map(Sourced::value);
        return asked.isPresent() ? asked.filter(bytes -> bytes > 0) : baseSize();
    }

    /** Options that cannot be read fork nothing, and are told of where they are checked. */
    private boolean forks() throws IOException {
        try {
            return fork().isPresent();
        } catch (ProblemException e) {
            return false;
        }
    }

    /** Bytes of the base's image, as far as they are known without unpacking or making it. */
    private Optional<Long> baseSize() {
        try {
            if (project.base().isEmpty() || forks()) {
                return Optional.empty();
            }
            BaseWorkload base = project.base().get();
            return base.rootfsSize().isPresent() ? base.rootfsSize() : BaseImages.unpackedSize(project.cache(), base);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Finds sizes that cannot be, before anything is built.
     *
     * @throws ProblemException with all that is wrong
     */
    public void checkSize() throws IOException {
        Optional<Sourced<Long>> size = size();
        Optional<Long> base = baseSize();
        if (size.isPresent() && size.get().value() > 0 && base.isPresent() && size.get().value() < base.get()) {
            throw belowBase(size.get(), base.get());
        }
        // later builds have a kernel already, and say more exactly what does not fit
        if (!Files.exists(project.layout().image()) && expectedSize().isPresent()) {
            new ContentSize(project.chain()).check(expectedSize().get(), size);
        }
    }

    /** A size that is below the base's. */
    static ProblemException belowBase(Sourced<Long> size, long base) {
        return new ProblemException("rootfs-size is " + Sizes.format(size.value()) + ", but the base's root filesystem has " + Sizes.format(base), size.where(),
                "Set it to " + Sizes.format(base) + " or more, or to 0 for what is used plus a margin");
    }

    /**
     * Finds what the distribution cannot work with, where this workload is the first of its chain. Not to be called before the host script ran, which may
     * make files.
     *
     * @throws ProblemException with all that is wrong
     */
    public void checkDistribution() throws IOException {
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
