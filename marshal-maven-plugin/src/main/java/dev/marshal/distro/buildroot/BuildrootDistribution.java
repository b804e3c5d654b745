// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.buildroot;

import dev.marshal.distro.BusyboxDistribution;
import dev.marshal.distro.Distribution;
import dev.marshal.distro.DistroEnvironment;
import dev.marshal.distro.RootRequest;
import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.rootfs.ImagePath;
import dev.marshal.source.SourceSpec;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Requirement;
import dev.marshal.uptodate.Inputs;
import dev.marshal.workload.Distro;
import dev.marshal.workload.Inheritance;
import dev.marshal.workload.Option;
import dev.marshal.workload.OptionTypes;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A root filesystem that Buildroot compiles from source, with its BusyBox as init; a workload's script is run as on BusyBox alone, by {@code /etc/init.d/S99run}. */
public final class BuildrootDistribution implements Distribution {

    /** {@code distro.opts.source} */
    static final Option<SourceSpec> SOURCE = new Option<>(Distro.OPTIONS + "source", OptionTypes.SOURCE, Inheritance.REPLACED, "Buildroot itself: a folder, an archive, or a commit of its git repository.");
    /** {@code distro.opts.configs} */
    static final Option<List<String>> CONFIGS = new Option<>(Distro.OPTIONS + "configs", OptionTypes.FILES, Inheritance.APPENDED,
            "Configuration fragments of Buildroot, applied oldest first on its defaults for RISC-V and on the host's cross compiler as its toolchain.");

    private static final long SIZE = 512L << 20;
    private static final String LABEL = "rootfs";

    private final BusyboxDistribution scripts = new BusyboxDistribution();

    @Override
    public String name() {
        return "buildroot";
    }

    @Override
    public List<String> aliases() {
        return List.of("br");
    }

    @Override
    public List<Option<?>> options() {
        return List.of(SOURCE, CONFIGS, DistroEnvironment.OPTION);
    }

    @Override
    public void check(RootRequest request) throws IOException {
        List<Problem> problems = new ArrayList<>();
        if (request.options().get(SOURCE).isEmpty()) {
            problems.add(new Problem("Buildroot has no source", request.options().own().specification().where().toString(), "Set distro.opts.source to a folder, an archive, or git+https://…#COMMIT"));
        }
        for (Requirement requirement : HostTools.BUILDROOT) {
            try {
                request.project().tools().require(requirement);
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        for (NamedFile file : named(request)) {
            if (!Files.exists(file.path())) {
                problems.add(new Problem("'" + file.text() + "' is not there (looked at " + file.path() + ")", file.where(), "Correct the path; of a base that was published, only the fragments themselves are at hand"));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        request.project().crossCompiler();
    }

    @Override
    public Inputs identify(RootRequest request, Inputs inputs) throws IOException {
        int number = 0;
        for (NamedFile file : named(request)) {
            // what is missing is told by check
            if (Files.exists(file.path())) {
                inputs.tree("named by a fragment, " + ++number + " " + file.text(), file.path());
            }
        }
        return environment(request).describe(inputs).value("cross compiler", request.project().crossCompiler().version());
    }

    @Override
    public void make(RootRequest request, Ext4Image image) throws IOException {
        Path root = new BuildrootBuild(this, request).root();
        image.create(request.sizeOr(SIZE), LABEL);
        try (ImageEditor editor = image.edit()) {
            editor.addTar(root, ImagePath.ROOT);
            editor.apply();
        }
    }

    private static List<NamedFile> named(RootRequest request) throws IOException {
        return NamedFile.of(fragments(request), environment(request).variables());
    }

    /** The fragments of all workloads, oldest first. */
    static List<Path> fragments(RootRequest request) {
        List<Path> fragments = new ArrayList<>();
        for (Sourced<List<String>> configs : request.options().all(CONFIGS)) {
            configs.value().forEach(config -> fragments.add(configs.layer().resolve(config)));
        }
        return fragments;
    }

    static DistroEnvironment environment(RootRequest request) {
        return new DistroEnvironment(request.options(), System.getenv());
    }

    @Override
    public void runAtBoot(ImageEditor image, BootScript script, boolean poweroff) throws IOException {
        scripts.runAtBoot(image, script, poweroff);
    }

    @Override
    public boolean runsAtBoot(Ext4Reader image) throws IOException {
        return scripts.runsAtBoot(image);
    }

    @Override
    public void runOnce(ImageEditor image, BootScript script) throws IOException {
        scripts.runOnce(image, script);
    }
}
