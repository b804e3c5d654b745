// SPDX-License-Identifier: Apache-2.0
package dev.marshal.sbom;

import dev.marshal.distro.Distribution.InstalledPackage;
import dev.marshal.image.ImagePlan;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.sbom.Component.Property;
import dev.marshal.source.SourceSpec;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Requirement;
import dev.marshal.tool.Tool;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bill of materials of a workload: the workloads that it stands on, the sources of kernel, BusyBox and firmware, modules, the packages in its root
 * filesystem, and the tools. Programs that have no say in an output, such as the simulator, are not in it.
 */
public final class SbomStep implements Step {

    /** The artifact, as {@code classifier.type}: what CycloneDX' own plugin for Maven calls it. */
    public static final String ARTIFACT = "cyclonedx.json";

    private final WorkloadProject project;
    private final KernelPlan kernel;
    private final ImagePlan image;

    /** @param project what was built @param kernel its kernel @param image its root filesystem */
    public SbomStep(WorkloadProject project, KernelPlan kernel, ImagePlan image) {
        this.project = project;
        this.kernel = kernel;
        this.image = image;
    }

    @Override
    public String name() {
        return "sbom";
    }

    @Override
    public Inputs inputs() throws IOException {
        Inputs inputs = project.inputs().value("project.build.outputTimestamp", project.settings().timestamp()).value("coordinates", project.chain().own().coordinates());
        int number = 0;
        for (Component component : known()) {
            inputs.value("component " + ++number + " " + component.name(), component.line());
        }
        for (Component tool : tools()) {
            inputs.value("tool " + tool.name(), tool.version());
        }
        return inputs.value("packages", packages().stream().map(Component::ref).toList()).readFrom("packages", project.layout().image());
    }

    @Override
    public List<Path> outputs() {
        return List.of(project.layout().sbom());
    }

    @Override
    public void build() throws IOException {
        List<Component> components = new ArrayList<>(known());
        components.addAll(packages());
        Component plugin = Component.of("application", "marshal-maven-plugin", project.settings().plugin());
        Bill bill = new Bill(project.settings().timestamp(), plugin, Component.workload(project.chain().own().coordinates(), List.of()), distinct(components), tools());
        WholeOutput.file(project.layout().sbom(), temporary -> Files.writeString(temporary, bill.json()));
    }

    /** What the distribution's package manager has installed: a few lines of a file in the image, so it is looked at in every build. */
    private List<Component> packages() throws IOException {
        if (!hasImage() || !Files.exists(project.layout().image())) {
            return List.of();
        }
        List<Component> packages = new ArrayList<>();
        try (Ext4Reader reader = Ext4Reader.open(project.layout().image())) {
            for (InstalledPackage each : image.distribution().packages(reader)) {
                String ref = each.purl() == null ? each.name() + "@" + each.version() : each.purl();
                packages.add(new Component("library", ref, null, each.name(), each.version(), List.of(), each.purl(), List.of(), List.of()));
            }
        }
        return packages;
    }

    private boolean hasImage() {
        return !image.given() && image.exists();
    }

    /** A bill names everything once. */
    private static List<Component> distinct(List<Component> components) {
        Map<String, Component> byRef = new LinkedHashMap<>();
        components.forEach(component -> byRef.putIfAbsent(component.ref(), component));
        return List.copyOf(byRef.values());
    }

    /** All that is known without looking into the image. */
    private List<Component> known() throws IOException {
        List<Component> components = new ArrayList<>();
        Chain chain = project.chain();
        for (Layer layer : chain.layers()) {
            if (layer != chain.own() && layer.coordinates() != null) {
                components.add(workload(layer));
            }
        }
        if (kernel.exists()) {
            components.add(source("operating-system", "linux", kernel.source()));
            components.add(source("application", "busybox", kernel.busyboxSource()));
            components.add(source("firmware", kernel.useBbl() ? "riscv-pk" : "opensbi", kernel.firmwareSource()));
            for (Map.Entry<String, Chain.ModuleSource> module : chain.modules().entrySet()) {
                String digest = new Inputs(project.digests()).sources("module", module.getValue().folder()).fingerprint();
                components.add(new Component("device-driver", "module:" + module.getKey(), null, module.getKey(), null, List.of(), null, List.of(), List.of(new Property("marshal:tree-sha256", digest))));
            }
        }
        return components;
    }

    private Component source(String type, String name, Sourced<SourceSpec> source) {
        return Component.source(type, name, source.value(), project.identity(source));
    }

    /** A workload that is stood on; of the base with what was taken of it, by digest. */
    private Component workload(Layer layer) {
        BaseWorkload base = project.base().filter(each -> layer.coordinates().equals(each.layers().get(each.layers().size() - 1).coordinates())).orElse(null);
        if (base == null) {
            return Component.workload(layer.coordinates(), List.of());
        }
        // the version that it has now: before its next build, its layer has the one of the last
        return Component.workload(base.coordinates(), base.digests().entrySet().stream().sorted(Map.Entry.comparingByKey()).map(each -> new Property("marshal:sha256:" + each.getKey(), each.getValue())).toList());
    }

    private List<Component> tools() throws IOException {
        List<Component> tools = new ArrayList<>();
        if (kernel.compiles()) {
            tools.add(tool(project.crossCompiler()));
            for (Requirement requirement : List.of(HostTools.MAKE, HostTools.HOST_GCC, HostTools.FLEX, HostTools.BISON)) {
                tools.add(tool(project.tools().require(requirement)));
            }
        }
        if (hasImage()) {
            tools.add(tool(project.tools().require(HostTools.MKE2FS)));
        }
        return tools;
    }

    private static Component tool(Tool tool) {
        return Component.of("application", tool.name(), tool.version());
    }
}
