// SPDX-License-Identifier: Apache-2.0
package dev.marshal.archive;

import dev.marshal.distro.Distributions;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceSpec;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Distro;
import dev.marshal.workload.Inheritance;
import dev.marshal.workload.KernelBuild;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import dev.marshal.workload.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Writes the main artifact of a workload: its description, and the files that children inherit. */
public final class WorkloadWriter {

    private final WorkloadProject project;
    private final KernelBuild kernelBuild;
    private final SortedMap<String, Path> files = new TreeMap<>();
    private int names;

    /** @param project what was built; its kernel's build folder is not published */
    public WorkloadWriter(WorkloadProject project) {
        this(project, null);
    }

    /** @param project what was built @param kernelBuild its kernel's build folder, if that is published; null if not */
    public WorkloadWriter(WorkloadProject project, KernelBuild kernelBuild) {
        this.project = project;
        this.kernelBuild = kernelBuild;
    }

    /**
     * @param kernelIdentity digest of the kernel's ingredients; null without a kernel
     * @param artifacts      SHA-256 of each further artifact, by {@code classifier.type}
     * @param archive        file to write
     */
    public void write(String kernelIdentity, Map<String, String> artifacts, Path archive) throws IOException {
        List<WorkloadDescription.LayerDescription> layers = new ArrayList<>();
        for (Layer layer : project.chain().layers()) {
            layers.add(layer(layer, "layers/" + layers.size(), artifacts));
        }
        var description = new WorkloadDescription(WorkloadDescription.FORMAT, project.chain().own().coordinates(), project.chain().name(), kernelIdentity,
                new TreeMap<>(artifacts), rootfsBase(project, BaseWorkload.DIFFERENCE, artifacts), rootfsSize(artifacts), layers, EffectiveOptions.of(project.chain()), jobs(artifacts));
        byte[] json = description.json().getBytes(StandardCharsets.UTF_8);
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
            add(zip, WorkloadDescription.ENTRY, UnixStat.FILE_FLAG | 0644, json);
            for (Map.Entry<String, Path> file : files.entrySet()) {
                addFile(zip, file.getKey(), file.getValue());
            }
        }
    }

    private Long rootfsSize(Map<String, String> artifacts) throws IOException {
        boolean published = artifacts.containsKey(BaseWorkload.ROOTFS) || artifacts.containsKey(BaseWorkload.DIFFERENCE);
        Path image = project.layout().image();
        return published && Files.isRegularFile(image) ? Files.size(image) : null;
    }

    private static WorkloadDescription.RootfsDescription rootfsBase(WorkloadProject built, String difference, Map<String, String> artifacts) {
        return built.base().filter(base -> artifacts.containsKey(difference))
                .map(base -> new WorkloadDescription.RootfsDescription(base.coordinates(), base.rootfsIdentity())).orElse(null);
    }

    private List<WorkloadDescription.JobDescription> jobs(Map<String, String> artifacts) throws IOException {
        List<WorkloadDescription.JobDescription> jobs = new ArrayList<>();
        for (WorkloadProject job : project.jobs()) {
            jobs.add(new WorkloadDescription.JobDescription(job.jobName(), job.name(), rootfsBase(job, job.jobName() + "-" + BaseWorkload.DIFFERENCE, artifacts), EffectiveOptions.of(job.chain())));
        }
        return jobs.isEmpty() ? null : jobs;
    }

    private WorkloadDescription.LayerDescription layer(Layer layer, String folder, Map<String, String> artifacts) throws IOException {
        Map<String, Object> specification = new LinkedHashMap<>();
        Map<String, String> identities = new TreeMap<>(layer.identities());
        for (Option<?> option : layer.specification().options()) {
            // what is passed on to FireSim counts for the workload alone, and for whoever installs it from the repository
            boolean passedOn = layer == project.chain().own() && (option == Options.SIMULATION_OUTPUTS || option == Options.SIMULATION_INPUTS);
            if (option.inheritance() != Inheritance.NONE || passedOn) {
                put(option, layer, folder, specification, identities);
            }
        }
        boolean own = layer == project.chain().own();
        return new WorkloadDescription.LayerDescription(layer.name(), layer.coordinates(), folder, specification, identities, own ? kernelBuild : layer.kernelBuild(),
                own ? artifacts.get(Layer.IMAGE_INPUTS) : layer.imageInputs());
    }

    private <T> void put(Option<T> option, Layer layer, String folder, Map<String, Object> specification, Map<String, String> identities) throws IOException {
        Setting<T> setting = layer.specification().get(option).orElseThrow();
        T value = setting.value();
        if (value instanceof Distro distro) {
            specification.put(option.name(), distribution(distro, layer, folder, identities));
        } else if (value instanceof SourceSpec source && !identities.containsKey(option.name())) {
            identities.put(option.name(), project.sources().identity(source, layer.workdir()));
            // a folder cannot travel; whoever has it, and nobody else, can compile from it
            Object pinned = source instanceof SourceSpec.Folder tree ? layer.resolve(tree.path()).toAbsolutePath().toString() : null;
            specification.put(option.name(), pinned != null ? pinned : written(option, value, project.sources().pin(source, layer.workdir()), layer, folder));
        } else {
            specification.put(option.name(), option.type().write(value, path -> keep(layer, folder, path)));
        }
    }

    /** A distribution and its options, with the files and sources that only it knows to be such. */
    private Map<String, Object> distribution(Distro distro, Layer layer, String folder, Map<String, String> identities) throws IOException {
        Layer options = Distributions.options(layer).orElseThrow();
        Map<String, Object> written = new LinkedHashMap<>();
        for (Option<?> option : options.specification().options()) {
            put(option, options, folder, written, identities);
        }
        Map<String, Object> names = new LinkedHashMap<>();
        written.forEach((name, value) -> names.put(name.substring(Distro.OPTIONS.length()), value));
        Map<String, Object> distribution = new LinkedHashMap<>();
        distribution.put("name", distro.name());
        distribution.put("opts", names);
        return distribution;
    }

    @SuppressWarnings("unchecked") // pinning keeps the type
    private <T> Object written(Option<T> option, T value, SourceSpec pinned, Layer layer, String folder) throws IOException {
        return option.type().write((T) pinned, path -> keep(layer, folder, path));
    }

    /** Notes that a file or folder goes into the archive. */
    private String keep(Layer layer, String folder, String path) throws IOException {
        Path file = layer.resolve(path);
        String name = "files/" + names++ + "/" + file.getFileName();
        if (Files.isDirectory(file)) {
            try (Stream<Path> below = Files.walk(file)) {
                below.filter(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)).forEach(each -> files.put(folder + "/" + name + "/" + file.relativize(each), each));
            }
        } else {
            files.put(folder + "/" + name, file);
        }
        return name;
    }

    private void addFile(ZipArchiveOutputStream zip, String name, Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            add(zip, name, UnixStat.LINK_FLAG | 0777, Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8));
        } else {
            add(zip, name, UnixStat.FILE_FLAG | (Files.isExecutable(file) ? 0755 : 0644), Files.readAllBytes(file));
        }
    }

    private void add(ZipArchiveOutputStream zip, String name, int mode, byte[] content) throws IOException {
        ZipArchiveEntry entry = new Entry(name);
        entry.setUnixMode(mode);
        entry.setLastModifiedTime(FileTime.from(project.settings().timestamp()));
        zip.putArchiveEntry(entry);
        zip.write(content);
        zip.closeArchiveEntry();
    }

    /** The zip format's own time is in no time zone, and would differ from host to host: it is the same for all; the time that counts stands beside it. */
    private static final class Entry extends ZipArchiveEntry {

        /** No clock was ever put forward at noon. */
        private static final LocalDateTime NOON = LocalDateTime.of(1980, 1, 1, 12, 0);

        Entry(String name) {
            super(name);
        }

        @Override
        public long getTime() {
            return NOON.atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();
        }
    }
}
