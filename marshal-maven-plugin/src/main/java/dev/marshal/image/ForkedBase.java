// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.distro.Distribution;
import dev.marshal.distro.Distributions;
import dev.marshal.distro.RootInputs;
import dev.marshal.distro.RootRequest;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.Layout;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Identity;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.tool.HostTools;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The root filesystem of a base, made again with the options of the distribution that a child wants: the first root, then what every workload of the
 * base's chain adds to it, in their order. It has an identity of its own and stands in the cache, where all children find it that want the same.
 */
final class ForkedBase {

    private final WorkloadProject project;
    private final BaseWorkload base;
    private final Distribution distribution;
    private final List<WorkloadProject> workloads = new ArrayList<>();
    private final RootRequest root;
    private String key;

    private ForkedBase(WorkloadProject project) throws IOException {
        this.project = project;
        this.base = project.base().orElseThrow();
        this.distribution = Distributions.of(project.chain());
        ImageInputs inputs = new ImageInputs(project);
        List<Layer> below = new ArrayList<>();
        for (Layer layer : base.layers()) {
            below.add(layer);
            if (layer.coordinates() != null) {
                List<Layer> layers = new ArrayList<>(below);
                layers.add(inputs.read(layer));
                workloads.add(with(new Chain(layers)));
            }
        }
        this.root = new RootRequest(workloads.get(0), Distributions.options(project.chain()), new ImagePlan(workloads.get(0)).root().size());
    }

    /** The fork that a workload stands on; empty if its root filesystem is the one that the base has. */
    static Optional<ForkedBase> of(WorkloadProject project) throws IOException {
        if (project.base().isEmpty()) {
            return Optional.empty();
        }
        List<Layer> inherited = project.base().get().layers();
        List<Layer> layers = project.chain().layers();
        if (layers.subList(inherited.size(), layers.size()).stream().noneMatch(layer -> layer.specification().get(Options.DISTRO).isPresent())) {
            return Optional.empty();
        }
        WorkloadProject below = project.with(new Chain(inherited), project.layout());
        Distribution distribution = Distributions.of(project.chain());
        String before = identity(distribution, new RootRequest(below, Distributions.options(below.chain()), 0));
        String after = identity(distribution, new RootRequest(below, Distributions.options(project.chain()), 0));
        return before.equals(after) ? Optional.empty() : Optional.of(new ForkedBase(project));
    }

    private static String identity(Distribution distribution, RootRequest request) throws IOException {
        return RootInputs.describe(distribution, request, new Inputs(request.project().digests())).fingerprint();
    }

    private WorkloadProject with(Chain chain) {
        return project.with(chain, new Layout(project.layout().work().resolve("fork"), chain.name()));
    }

    /** @throws ProblemException with what the distribution cannot work with */
    void check() throws IOException {
        distribution.check(root);
    }

    /** A digest of all that it is made from. */
    String key() throws IOException {
        if (key == null) {
            Inputs inputs = project.inputs().value("mke2fs", project.tools().require(HostTools.MKE2FS).version())
                    .value("project.build.outputTimestamp", project.settings().timestamp()).value("marshal.rootfsMargin", project.settings().rootfsMargin());
            RootInputs.code(distribution, RootInputs.describe(distribution, root, inputs));
            boolean boots = false;
            for (int i = 0; i < workloads.size(); i++) {
                ImagePlan plan = new ImagePlan(workloads.get(i));
                Inputs own = new Inputs(project.digests()).value("rootfs-size", plan.size().map(size -> size.value()).orElse(null));
                for (Option<?> option : ImageInputs.OPTIONS) {
                    ImageInputsStep.describe(option, workloads.get(i).chain().own(), own);
                }
                inputs.digest("workload " + i, own.fingerprint());
                boots |= plan.guestInit().isPresent();
            }
            if (boots) {
                inputs.digest("boot binary, for guest-init", base.digests().getOrDefault(BuiltFiles.BINARY, ""));
            }
            key = inputs.fingerprint();
        }
        return key;
    }

    /** The image, only to be read; made if nobody has made it. */
    Path image() throws IOException {
        Path image = project.cache().images().resolve(key() + ".img");
        if (LastUse.claim(project.cache().folder(), image)) {
            return image;
        }
        try (CacheLock lock = CacheLock.hold(project.cache().lock("image-" + key()), () -> project.log().info("waiting for another build that makes the same root filesystem of " + base.coordinates()))) {
            if (!LastUse.claim(project.cache().folder(), image)) {
                long begun = System.nanoTime();
                project.log().info("making the root filesystem of " + base.coordinates() + " again, with other options of the distribution '" + distribution.name() + "'");
                WholeOutput.file(image, this::make);
                project.log().info(String.format(Locale.ROOT, "made the root filesystem of %s again in %.1f s", base.coordinates(), (System.nanoTime() - begun) / 1e9));
            }
        }
        return image;
    }

    private void make(Path file) throws IOException {
        Ext4Image image = new Ext4Image(file, project.tools(), Ext4Identity.of(key(), project.settings().timestamp()));
        ImageChanges.makeRoot(distribution, root, image);
        for (WorkloadProject workload : workloads) {
            ImagePlan plan = new ImagePlan(workload);
            new ImageChanges(workload, plan).apply(image, plan.guestInit().isPresent() ? binary() : null);
        }
    }

    private Path binary() {
        if (!base.has(BuiltFiles.BINARY)) {
            throw new ProblemException("the guest-init script of a base has to run again, but the base " + base.coordinates() + " has no boot binary", project.chain().get(Options.DISTRO).orElseThrow().where(),
                    "Use a base that has one, or leave 'distro.opts' as the base has them");
        }
        return base.artifact(BuiltFiles.BINARY);
    }
}
