// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.initramfs.InitScripts;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceSpec;
import dev.marshal.source.SourceTree;
import dev.marshal.uptodate.Inputs;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a workload's kernel is made of, and whether it has to be made: with the same inputs as its base's, the base's boot binary is taken.
 */
public final class KernelPlan {

    private static final String BINARY = "bin.elf";
    /** What a boot binary is made from. */
    private static final List<Option<?>> INGREDIENTS = List.of(Options.LINUX_SOURCE, Options.LINUX_CONFIG, Options.LINUX_MODULES, Options.USE_BBL, Options.BBL_SOURCE, Options.BBL_ARGS,
            Options.BBL_CONFIG, Options.OPENSBI_SOURCE, Options.OPENSBI_ARGS, Options.BUSYBOX_SOURCE, Options.BUSYBOX_CONFIG);

    private final WorkloadProject project;
    private String identity;

    /** @param project what is built */
    public KernelPlan(WorkloadProject project) {
        this.project = project;
    }

    /** Whether a kernel is built for the workload: not if it or its base brings a binary as it is, or if nothing in its chain names a kernel's source. */
    public boolean exists() {
        Chain chain = project.chain();
        return chain.value(Options.BIN).isEmpty() && chain.value(Options.LINUX_SOURCE).isPresent() && !takesGivenBinary();
    }

    /** Whether the base took its binary as it was, and the workload says nothing for which another is built. */
    private boolean takesGivenBinary() {
        return project.base().filter(base -> base.has(BINARY) && base.kernelIdentity().isEmpty()).isPresent() && !project.chain().value(Options.NODISK).orElse(false)
                && INGREDIENTS.stream().allMatch(option -> project.chain().own().specification().get(option).isEmpty());
    }

    /** Whether a diskless binary is made. */
    public boolean diskless() {
        return exists() && project.chain().value(Options.NODISK).orElse(false);
    }

    /** Whether drivers and Linux are compiled here: for a boot binary of the workload's own, or for a diskless one. */
    public boolean compiles() throws IOException {
        return exists() && (!fromBase() || diskless());
    }

    /** Whether the base's boot binary is taken. Whoever has a script for which the kernel's build folder has to be there makes it here. */
    public boolean fromBase() throws IOException {
        if (!exists()) {
            return project.chain().value(Options.BIN).isEmpty() && project.base().filter(base -> base.has(BINARY)).isPresent();
        }
        return project.chain().value(Options.POST_BIN).isEmpty() && project.base().isPresent() && project.base().get().has(BINARY) && project.base().get().kernelIdentity().orElse("").equals(identity());
    }

    /** The boot binary that the workload runs with: that of the workload that it is a job of, where both are the same, or its own. */
    public Path bootBinary() throws IOException {
        return fromBase() && project.base().orElseThrow().inBuild() ? project.base().get().artifact(BINARY) : project.layout().bootBinary();
    }

    /**
     * A digest of all that the boot binary is made from: the same on every machine. Tools' versions and times are left out: a base's binary is good
     * for a child whoever compiled it.
     */
    public String identity() throws IOException {
        if (identity == null) {
            identity = ingredients().fingerprint();
        }
        return identity;
    }

    /** Everything that {@link #identity} is a digest of, by name. */
    public Inputs ingredients() throws IOException {
        Chain chain = project.chain();
        Inputs inputs = new Inputs(project.digests());
        inputs.value("option linux.source", project.identity(source()));
        int number = 0;
        for (Fragment fragment : fragments()) {
            inputs.file("fragment " + ++number + ", " + fragment.file().getFileName(), fragment.file());
        }
        for (Map.Entry<String, Chain.ModuleSource> module : chain.modules().entrySet()) {
            inputs.sources("module " + module.getKey(), module.getValue().folder());
        }
        inputs.value("order of modules", String.join(" ", chain.modules().keySet()));
        inputs.value("option busybox.source", project.identity(busyboxSource()));
        Sourced<String> busyboxConfig = busyboxConfig();
        inputs.file("option busybox.config", busyboxConfig.layer().resolve(busyboxConfig.value()));
        inputs.value("init script", InitScripts.disk());
        boolean bbl = useBbl();
        inputs.value("firmware", bbl ? "bbl" : "OpenSBI");
        inputs.value("source of the firmware", project.identity(firmwareSource()));
        inputs.value("arguments of the firmware", String.join(" ", firmwareArguments()));
        return inputs;
    }

    /** The fragments of the chain, oldest first. */
    public List<Fragment> fragments() {
        List<Fragment> fragments = new ArrayList<>();
        for (Layer layer : project.chain().layers()) {
            add(fragments, layer, Options.LINUX_CONFIG);
            if (useBbl()) {
                add(fragments, layer, Options.BBL_CONFIG);
            }
        }
        return fragments;
    }

    private static void add(List<Fragment> fragments, Layer layer, Option<List<String>> option) {
        for (String path : layer.specification().value(option).orElse(List.of())) {
            fragments.add(new Fragment(path + " of " + layer.label(), layer.resolve(path)));
        }
    }

    /** Where the kernel comes from. */
    public Sourced<SourceSpec> source() {
        return project.chain().require(Options.LINUX_SOURCE, "compile Linux");
    }

    /** The kernel's source on this machine; fetched and unpacked if it is not. */
    public SourceTree sourceTree() throws IOException {
        return project.provide(source());
    }

    /** Where BusyBox comes from. */
    public Sourced<SourceSpec> busyboxSource() {
        return project.chain().require(Options.BUSYBOX_SOURCE, "make the initramfs");
    }

    /** BusyBox's configuration. */
    public Sourced<String> busyboxConfig() {
        return project.chain().require(Options.BUSYBOX_CONFIG, "make the initramfs");
    }

    /** Whether bbl is the firmware, and not OpenSBI. */
    public boolean useBbl() {
        return project.chain().value(Options.USE_BBL).orElse(false);
    }

    /** Where the firmware comes from. */
    public Sourced<SourceSpec> firmwareSource() {
        return useBbl() ? project.chain().require(Options.BBL_SOURCE, "link Linux with bbl") : project.chain().require(Options.OPENSBI_SOURCE, "link Linux with OpenSBI");
    }

    /** Extra arguments for the firmware's build. */
    public List<String> firmwareArguments() {
        return project.chain().appended(useBbl() ? Options.BBL_ARGS : Options.OPENSBI_ARGS);
    }

    /** Gets onto this machine all that the kernel is made from; if the base's boot binary is taken, that. @throws IOException if something cannot be had */
    public void fetch() throws IOException {
        if (fromBase()) {
            if (!project.base().orElseThrow().inBuild()) {
                new BaseBinaryStep(project).fetch();
            }
        }
        if (!compiles()) {
            return;
        }
        SourceTree source = sourceTree();
        if (!new PublishedBusybox(project).fetch(KernelStep.busyboxIdentity(project, this))) {
            project.provide(busyboxSource());
        }
        project.provide(firmwareSource());
        new PublishedTrees(project, source).fetch();
    }

    /** Where the kernel's source and its build folder are. @throws IOException if the source cannot be had */
    public Places places() throws IOException {
        SourceTree tree = sourceTree();
        return new Places(tree.folder(), KernelTrees.of(project, tree, project.layout().kernelConfig()));
    }

    /** @param source the kernel's source @param build what was built from it, with its {@code .config} */
    public record Places(Path source, Path build) {}

    /** Whether the configuration asks for modules of the kernel's own. */
    static boolean hasOwnModules(Path config) throws IOException {
        try (var lines = Files.lines(config)) {
            return lines.anyMatch(line -> line.startsWith("CONFIG_") && line.endsWith("=m"));
        }
    }
}
