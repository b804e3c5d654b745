// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.HostTools;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.OptionType.NamedPath;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** What a workload adds to the root filesystem of its base, as an artifact. */
public final class ImageInputsStep implements Step {

    /** Up to this size, in bytes, they are published without being asked for. */
    private static final long SMALL = 64 << 20;

    private final WorkloadProject project;

    /** @param project what was built */
    public ImageInputsStep(WorkloadProject project) {
        this.project = project;
    }

    /**
     * Whether they are published.
     *
     * @param plan  the workload's root filesystem
     * @param asked what the user wants; empty: if they are small
     */
    public static boolean wanted(WorkloadProject project, ImagePlan plan, Optional<Boolean> asked) throws IOException {
        return !plan.given() && plan.exists() && (asked.isPresent() ? asked.get() : size(project.chain().own()) <= SMALL);
    }

    @Override
    public String name() {
        return "image-inputs";
    }

    @Override
    public Inputs inputs() throws IOException {
        Inputs inputs = project.inputs().value("project.build.outputTimestamp", project.settings().timestamp()).value("tar", project.tools().require(HostTools.TAR).version());
        for (Option<?> option : ImageInputs.OPTIONS) {
            describe(option, project.chain().own(), inputs);
        }
        return inputs;
    }

    /** Adds what a workload says of its image, with the files that it names. */
    static <T> void describe(Option<T> option, Layer layer, Inputs inputs) throws IOException {
        T value = layer.specification().value(option).orElse(null);
        if (value != null) {
            inputs.value("option " + option, value);
            int number = 0;
            for (NamedPath path : option.type().paths(value)) {
                inputs.tree(option + ", " + ++number + " " + path.path(), layer.resolve(path.path()));
            }
        }
    }

    @Override
    public List<Path> outputs() {
        return List.of(project.layout().imageInputs());
    }

    @Override
    public void build() throws IOException {
        WholeOutput.file(project.layout().imageInputs(), temporary -> new ImageInputs(project).write(temporary, project.layout().work().resolve("image-inputs")));
    }

    private static long size(Layer layer) throws IOException {
        long size = 0;
        for (Option<?> option : ImageInputs.OPTIONS) {
            size += size(option, layer);
        }
        return size;
    }

    private static <T> long size(Option<T> option, Layer layer) throws IOException {
        long[] size = {0};
        T value = layer.specification().value(option).orElse(null);
        for (NamedPath path : value == null ? List.<NamedPath>of() : option.type().paths(value)) {
            Path file = layer.resolve(path.path());
            Files.walkFileTree(Files.isDirectory(file) ? file.toRealPath() : file, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
                    size[0] += attributes.size();
                    return size[0] > SMALL ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }
            });
        }
        return size[0];
    }
}
