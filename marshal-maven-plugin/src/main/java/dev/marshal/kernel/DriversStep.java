// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.SideBySide;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.Chain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The modules of the chain, compiled against this kernel, as they go into the initramfs; with the kernel's own modules, if its configuration has any. */
public final class DriversStep implements Step {

    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final WorkloadProject project;
    private final KernelPlan plan;

    /** @param project what is built @param plan its kernel */
    public DriversStep(WorkloadProject project, KernelPlan plan) {
        this.project = project;
        this.plan = plan;
    }

    @Override
    public String name() {
        return "drivers";
    }

    @Override
    public Inputs inputs() throws IOException {
        Inputs inputs = project.inputs()
                .value("option linux.source", project.identity(plan.source()))
                .file("kernel configuration", project.layout().kernelConfig())
                .value("cross compiler", project.crossCompiler().version());
        for (Map.Entry<String, Chain.ModuleSource> module : project.chain().modules().entrySet()) {
            inputs.sources("module " + module.getKey(), module.getValue().folder());
        }
        return inputs;
    }

    @Override
    public List<Path> outputs() {
        return List.of(project.layout().drivers());
    }

    @Override
    public boolean reusable() {
        return KernelBuildStep.travels(plan);
    }

    @Override
    public void build() throws IOException {
        Path config = project.layout().kernelConfig();
        try (KernelTree tree = KernelTree.open(project, plan.sourceTree(), config)) {
            tree.prepareModules(project.layout().log("modules_prepare"));
            WholeOutput.folder(project.layout().drivers(), root -> {
                if (KernelPlan.hasOwnModules(config)) {
                    tree.installModules(root, project.layout().log("modules"));
                }
                Path modules = root.resolve("lib/modules").resolve(tree.release());
                Files.createDirectories(modules.resolve("extra"));
                compile(tree, modules.resolve("extra"));
                new Command("index the modules", project.tools().require(HostTools.DEPMOD).path().toString())
                        .args("-b", root, tree.release()).log(project.layout().log("depmod")).limit(LIMIT).check();
            });
        }
    }

    /** Most modules are a file or two, so that their makes one after the other would leave processors idle. */
    private void compile(KernelTree tree, Path extra) throws IOException {
        Map<String, Chain.ModuleSource> modules = project.chain().modules();
        int parallelism = project.settings().parallelism();
        int atOnce = Math.max(1, Math.min(parallelism, modules.size()));
        // one more each, since none has work for all of its share all the time
        int perMake = Math.min(parallelism, parallelism / atOnce + 1);
        List<Callable<Void>> compiles = new ArrayList<>();
        for (Map.Entry<String, Chain.ModuleSource> module : modules.entrySet()) {
            String name = module.getKey();
            Path build = project.layout().work().resolve("modules").resolve(name);
            Path log = project.layout().log("module-" + name);
            Command make = tree.makeModule(name, build, perMake).log(log).limit(LIMIT);
            compiles.add(() -> {
                compile(name, module.getValue(), build, make, log, extra);
                return null;
            });
        }
        SideBySide.all(compiles, atOnce);
    }

    private void compile(String name, Chain.ModuleSource module, Path build, Command make, Path log, Path extra) throws IOException {
        WholeOutput.folder(build, temporary -> new Command("copy the module " + name, "cp").args("-a", module.folder() + "/.", temporary).limit(LIMIT).check());
        long begun = System.nanoTime();
        make.check();
        try (Stream<Path> files = Files.walk(build)) {
            Path object = files.filter(file -> file.getFileName().toString().replace('-', '_').equals(name.replace('-', '_') + ".ko")).findFirst()
                    .orElseThrow(() -> new ProblemException("the makefile of the module '" + name + "' ran, but made no " + name + ".ko", module.where(),
                            "Check the name in 'linux.modules' (it is what lsmod shows) and the log " + log));
            Files.copy(object, extra.resolve(name + ".ko"), StandardCopyOption.REPLACE_EXISTING);
        }
        project.log().info("module " + name + ": compiled in " + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
    }
}
