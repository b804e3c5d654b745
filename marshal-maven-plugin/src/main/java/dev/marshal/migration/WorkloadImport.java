// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import dev.marshal.problem.ProblemException;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.SpecificationReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Makes a Maven project of a FireMarshal workload: one project if it stands on a published base, a project with a module a workload if it stands on others of the user's own. */
public final class WorkloadImport {

    private final KnownBases known;
    private final List<Path> folders;
    private final String groupId;
    private final String pluginVersion;
    private final Findings findings = new Findings();
    private final Map<Path, Path> workdirs = new LinkedHashMap<>();
    private final Map<Path, Path> copies = new LinkedHashMap<>();

    /**
     * @param known         which published workloads stand for FireMarshal's bases
     * @param folders       where else the specifications of bases are looked for
     * @param groupId       of the new projects
     * @param pluginVersion of the plugin that is to build them
     * @throws ProblemException if the group is none
     */
    public WorkloadImport(KnownBases known, List<Path> folders, String groupId, String pluginVersion) {
        if (!groupId.matches("[A-Za-z0-9_.-]+")) {
            throw new ProblemException("'" + groupId + "' is no groupId", "-Dmarshal.groupId", "Write letters, digits, '.', '_' and '-', such as org.example");
        }
        this.known = known;
        this.folders = List.copyOf(folders);
        this.groupId = groupId;
        this.pluginVersion = pluginVersion;
    }

    /**
     * Makes the project. It appears as a whole or not at all; the original is only read.
     *
     * @param specification FireMarshal's, YAML or JSON
     * @param output        folder of the new project, which must not exist, or be empty
     * @throws ProblemException if the specification or a base of it cannot be read, or the output folder holds something
     */
    public ImportReport run(Path specification, Path output) throws IOException {
        Path target = output.toAbsolutePath().normalize();
        checkEmpty(target);
        WorkloadGraph graph = WorkloadGraph.of(specification, folders, known);
        WholeOutput.folder(target, temporary -> write(graph, temporary, target));
        return findings.report(graph.workloads().stream().map(workload -> SpecificationConversion.fit(workload.name())).toList());
    }

    private static void checkEmpty(Path output) throws IOException {
        if (!Files.exists(output)) {
            return;
        }
        String remedy = "Name a folder that does not exist yet with -Dmarshal.output";
        if (!Files.isDirectory(output)) {
            throw new ProblemException("the output folder is a file", output, remedy);
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(output)) {
            if (entries.iterator().hasNext()) {
                throw new ProblemException("the output folder is not empty; nothing in it is overwritten", output, remedy);
            }
        }
    }

    private void write(WorkloadGraph graph, Path root, Path target) throws IOException {
        List<SourceWorkload> workloads = graph.workloads();
        List<Module> modules = modules(graph, root);
        Set<Path> overlays = new LinkedHashSet<>();
        Map<Path, String> texts = new LinkedHashMap<>();
        for (Module module : modules) {
            List<Module.Dependency> jobs = new ArrayList<>();
            for (MappingNode job : module.workload().jobs()) {
                jobs.add(graph.base(module.workload(), job).map(this::dependency).orElse(null));
            }
            texts.put(Module.specificationFolder(module.folder()).resolve(Module.SPECIFICATION), new SpecificationConversion(module, known, findings).convert(module.bases().get(0), jobs));
            overlays.addAll(module.placement().overlays());
        }
        Set<Path> left = new LinkedHashSet<>(List.of(root, target));
        workloads.forEach(workload -> left.add(workload.file()));
        TreeCopy copy = new TreeCopy(overlays, left, findings);
        for (Map<Path, Path> each : List.of(workdirs, copies)) {
            for (Map.Entry<Path, Path> entry : each.entrySet()) {
                if (Files.exists(entry.getKey())) {
                    copy.copy(entry.getKey(), entry.getValue());
                }
            }
        }
        for (Map.Entry<Path, String> text : texts.entrySet()) {
            Files.createDirectories(text.getKey().getParent());
            Files.writeString(text.getKey(), text.getValue());
            check(target.resolve(root.relativize(text.getKey())), text.getValue());
        }
        poms(root, modules);
    }

    private List<Module> modules(WorkloadGraph graph, Path root) throws IOException {
        boolean alone = graph.workloads().size() == 1;
        Map<String, SourceWorkload> names = new HashMap<>();
        List<Module> modules = new ArrayList<>();
        for (SourceWorkload workload : graph.workloads()) {
            String artifactId = SpecificationConversion.fit(workload.name());
            SourceWorkload other = names.putIfAbsent(artifactId, workload);
            if (other != null) {
                throw new ProblemException("two workloads are called '" + artifactId + "': " + other.file() + " is the other", workload.file(), "Give each a name of its own");
            }
            Path folder = alone ? root : root.resolve(artifactId);
            Placement placement = new Placement(workload, Module.specificationFolder(folder), workdirs, copies, graph.workloads().stream().anyMatch(SourceWorkload::makesFiles), findings);
            modules.add(new Module(workload, artifactId, folder, bases(graph, workload), placement));
        }
        return modules;
    }

    private List<Module.Dependency> bases(WorkloadGraph graph, SourceWorkload workload) throws IOException {
        Set<Module.Dependency> bases = new LinkedHashSet<>();
        bases.add(graph.base(workload).map(this::dependency).orElseGet(() -> bare(workload)));
        for (MappingNode job : workload.jobs()) {
            graph.base(workload, job).map(this::dependency).ifPresent(bases::add);
        }
        return List.copyOf(bases);
    }

    private Module.Dependency dependency(WorkloadGraph.Base base) {
        return base instanceof WorkloadGraph.Base.Own own ? new Module.Dependency(groupId, SpecificationConversion.fit(own.workload().name()), null)
                : Module.Dependency.on(((WorkloadGraph.Base.Published) base).coordinates());
    }

    /** A workload that stands on nothing brings a binary of its own. */
    private Module.Dependency bare(SourceWorkload workload) {
        Optional<Coordinates> bare = workload.option("bin").flatMap(binary -> known.of("bare"));
        return Module.Dependency.on(bare.orElseThrow(() -> new ProblemException("the workload has neither 'base' nor 'distro' nor 'bin'", workload.file(), "Name what it stands on, such as base: br-base.json")));
    }

    /** What the plugin will not take is told now, and not at the first build. */
    private void check(Path file, String text) {
        try {
            SpecificationReader.read(file.toString(), text, warning -> {});
        } catch (ProblemException e) {
            e.problems().forEach(findings::unmapped);
        }
    }

    private void poms(Path root, List<Module> modules) throws IOException {
        Poms poms = new Poms(groupId, pluginVersion);
        if (modules.size() == 1) {
            Files.writeString(root.resolve("pom.xml"), poms.alone(modules.get(0)));
            return;
        }
        String parent = modules.get(modules.size() - 1).artifactId() + "-parent";
        while (modules.stream().map(Module::artifactId).toList().contains(parent)) {
            parent += "-parent";
        }
        Files.writeString(root.resolve("pom.xml"), poms.parent(parent, modules));
        for (Module module : modules) {
            Files.createDirectories(module.folder());
            Files.writeString(module.folder().resolve("pom.xml"), poms.module(module, parent));
        }
    }
}
