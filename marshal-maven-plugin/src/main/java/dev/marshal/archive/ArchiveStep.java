// SPDX-License-Identifier: Apache-2.0
package dev.marshal.archive;

import dev.marshal.distro.Distributions;
import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.Inheritance;
import dev.marshal.workload.KernelBuild;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import dev.marshal.workload.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The main artifact of a workload. */
public final class ArchiveStep implements Step {

    private final WorkloadProject project;
    private final String kernelIdentity;
    private final KernelBuild kernelBuild;
    private final Map<String, Path> files;

    /**
     * @param project        what was built
     * @param kernelIdentity digest of the kernel's ingredients; null without a kernel
     * @param kernelBuild    what is known of the kernel's build folder; null if that is not published
     * @param files          the further artifacts, by {@code classifier.type}
     */
    public ArchiveStep(WorkloadProject project, String kernelIdentity, KernelBuild kernelBuild, Map<String, Path> files) {
        this.project = project;
        this.kernelIdentity = kernelIdentity;
        this.kernelBuild = kernelBuild;
        this.files = new LinkedHashMap<>(files);
    }

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public Inputs inputs() throws IOException {
        Inputs inputs = project.inputs().value("project.build.outputTimestamp", project.settings().timestamp()).value("kernel", kernelIdentity).value("build folder of the kernel", kernelBuild)
                .value("coordinates", project.chain().own().coordinates());
        for (Map.Entry<String, Path> file : files.entrySet()) {
            inputs.file(file.getKey(), file.getValue());
        }
        project.base().ifPresent(base -> inputs.value("base", base.coordinates() + " " + base.rootfsIdentity() + " " + base.digests() + " " + base.layers().stream().map(layer -> layer.workdir().toString()).toList()));
        int number = 0;
        for (Layer layer : project.chain().layers()) {
            number++;
            for (Option<?> option : Options.all()) {
                describe(inputs, number, layer, option);
            }
            Optional<Layer> distribution = Distributions.options(layer);
            if (distribution.isPresent()) {
                for (Option<?> option : distribution.get().specification().options()) {
                    describe(inputs, number, distribution.get(), option);
                }
            }
        }
        for (WorkloadProject job : project.jobs()) {
            inputs.value("job " + job.jobName(), EffectiveOptions.of(job.chain()));
        }
        return inputs;
    }

    private <T> void describe(Inputs inputs, int number, Layer layer, Option<T> option) throws IOException {
        Setting<T> setting = layer.specification().get(option).orElse(null);
        if (setting == null || option.equals(Options.JOBS)) {
            return;
        }
        String name = "option " + option + " of " + number + " " + layer.label();
        inputs.value(name, setting.value());
        // a published layer's folder is named after its digest
        if (option.inheritance() != Inheritance.NONE && !layer.workdir().startsWith(project.cache().workloads())) {
            int file = 0;
            for (var path : option.type().paths(setting.value())) {
                inputs.tree(name + ", " + ++file + " " + path.path(), layer.resolve(path.path()));
            }
        }
    }

    @Override
    public List<Path> outputs() {
        return List.of(project.layout().workload());
    }

    @Override
    public void build() throws IOException {
        Map<String, String> digests = new LinkedHashMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            digests.put(file.getKey(), project.digests().of(file.getValue()));
        }
        WholeOutput.file(project.layout().workload(), temporary -> new WorkloadWriter(project, kernelBuild).write(kernelIdentity, digests, temporary));
    }
}
