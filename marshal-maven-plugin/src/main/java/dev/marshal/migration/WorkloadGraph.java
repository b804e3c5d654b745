// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import dev.marshal.problem.Location;
import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** A workload with all workloads of the user's own that it and its jobs stand on. */
final class WorkloadGraph {

    /** What a workload or a job stands on. */
    sealed interface Base {

        /** A workload of the user's own. */
        record Own(SourceWorkload workload) implements Base {}

        /** A published one. */
        record Published(Coordinates coordinates) implements Base {}
    }

    private final KnownBases known;
    private final List<Path> folders;
    private final Map<Path, SourceWorkload> read = new LinkedHashMap<>();
    private final Set<SourceWorkload> ordered = new LinkedHashSet<>();

    private WorkloadGraph(KnownBases known, List<Path> folders) {
        this.known = known;
        this.folders = folders;
    }

    /**
     * Reads a workload and all that it stands on. Bases are looked for in the workload's folder, then in that of whoever names them, then in further folders.
     *
     * @param further these folders
     * @throws ProblemException if a base is not found, or stands on itself
     */
    static WorkloadGraph of(Path specification, List<Path> further, KnownBases known) throws IOException {
        List<Path> folders = new ArrayList<>(List.of(specification.toAbsolutePath().normalize().getParent()));
        further.forEach(folder -> folders.add(folder.toAbsolutePath().normalize()));
        WorkloadGraph graph = new WorkloadGraph(known, folders);
        graph.visit(graph.workload(specification), new LinkedHashSet<>());
        return graph;
    }

    /** Each after what it stands on; the last is the one that was asked for. */
    List<SourceWorkload> workloads() {
        return List.copyOf(ordered);
    }

    /** What a workload stands on; empty if it is the first of its chain, and says nothing of a distribution. */
    Optional<Base> base(SourceWorkload workload) throws IOException {
        Optional<Node> base = workload.base();
        return base.isEmpty() ? Optional.empty() : Optional.of(resolve(workload, base.get()));
    }

    /** What a job stands on; empty if that is its own workload. */
    Optional<Base> base(SourceWorkload workload, MappingNode job) throws IOException {
        Optional<Node> base = workload.baseOf(job);
        return base.isEmpty() ? Optional.empty() : Optional.of(resolve(workload, base.get()));
    }

    private void visit(SourceWorkload workload, Set<SourceWorkload> above) throws IOException {
        if (ordered.contains(workload)) {
            return;
        }
        if (!above.add(workload)) {
            throw new ProblemException("the workload stands on itself: " + String.join(" → ", Stream.concat(above.stream(), Stream.of(workload)).map(SourceWorkload::name).toList()),
                    workload.base().map(workload::location).orElse(Location.of(workload.file().toString())), "Name another base");
        }
        List<Base> bases = new ArrayList<>(base(workload).stream().toList());
        for (MappingNode job : workload.jobs()) {
            base(workload, job).ifPresent(bases::add);
        }
        for (Base base : bases) {
            if (base instanceof Base.Own own) {
                visit(own.workload(), above);
            }
        }
        above.remove(workload);
        ordered.add(workload);
    }

    private Base resolve(SourceWorkload from, Node node) throws IOException {
        String base = EditableDocument.scalar(node);
        Optional<Coordinates> named = known.named(base);
        if (named.isPresent()) {
            return new Base.Published(named.get());
        }
        // as FireMarshal does: a file of the user's own comes before what is built in
        Set<Path> places = new LinkedHashSet<>(folders.subList(0, 1));
        places.add(from.folder());
        places.addAll(folders);
        for (Path place : places) {
            Path file = place.resolve(base).normalize();
            if (Files.isRegularFile(file)) {
                return new Base.Own(workload(file));
            }
        }
        return new Base.Published(known.of(base).orElseThrow(() -> new ProblemException("there is no base '" + base + "' in " + String.join(", ", places.stream().map(Path::toString).toList()), from.location(node),
                "Put its specification there, name its folder with -Dmarshal.workloadDirs, or name the published workload that stands for it: -D" + KnownBases.PROPERTY + "=" + base + "=groupId:artifactId:version")));
    }

    private SourceWorkload workload(Path path) throws IOException {
        Path file = path.toAbsolutePath().normalize();
        SourceWorkload workload = read.get(file);
        if (workload == null) {
            workload = SourceWorkload.read(file);
            read.put(file, workload);
        }
        return workload;
    }
}
