// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import dev.marshal.problem.Location;
import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A FireMarshal workload as its user wrote it.
 *
 * @param file     its specification
 * @param document what it says
 * @param name     its name
 * @param workdir  folder that its relative paths start from: what {@code workdir} says, else the folder beside the specification that is called like the workload
 */
record SourceWorkload(Path file, EditableDocument document, String name, Path workdir) {

    /** @throws ProblemException if there is no such file, or it is no specification */
    static SourceWorkload read(Path path) throws IOException {
        Path file = path.toAbsolutePath().normalize();
        if (!Files.isRegularFile(file)) {
            throw new ProblemException("there is no specification " + file, null, "Correct the path");
        }
        EditableDocument document;
        try {
            document = new EditableDocument(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new ProblemException("the file holds bytes that are no UTF-8", file, "Save it in UTF-8", e);
        }
        String name = EditableDocument.entry(document.root(), "name").map(entry -> EditableDocument.scalar(entry.getValueNode())).orElseThrow(() -> new ProblemException(
                "the workload has no name", file, "Add 'name'; FireMarshal asks for it too"));
        String workdir = EditableDocument.entry(document.root(), "workdir").map(entry -> EditableDocument.scalar(entry.getValueNode())).orElse(name);
        return new SourceWorkload(file, document, name, file.getParent().resolve(workdir).normalize());
    }

    /** The folder of its specification. */
    Path folder() {
        return file.getParent();
    }

    /** The value of an option at the top of the specification. */
    Optional<Node> option(String name) {
        return EditableDocument.entry(document.root(), name).map(NodeTuple::getValueNode);
    }

    /** What it says it inherits from: the base's file, or the distribution. Empty if it says nothing. */
    Optional<Node> base() {
        return option("base").filter(node -> EditableDocument.scalar(node) != null).or(() -> option("distro").filter(MappingNode.class::isInstance)
                .flatMap(distro -> EditableDocument.entry((MappingNode) distro, "name")).map(NodeTuple::getValueNode));
    }

    /** Its jobs. */
    List<MappingNode> jobs() {
        List<MappingNode> jobs = new ArrayList<>();
        option("jobs").filter(SequenceNode.class::isInstance).ifPresent(list -> ((SequenceNode) list).getValue().forEach(item -> {
            if (item instanceof MappingNode job) {
                jobs.add(job);
            }
        }));
        return jobs;
    }

    /** What a job names as its base; empty if that is this workload itself. */
    Optional<Node> baseOf(MappingNode job) {
        return EditableDocument.entry(job, "base").map(NodeTuple::getValueNode).filter(node -> EditableDocument.scalar(node) != null && !isThis(EditableDocument.scalar(node)));
    }

    /** Whether a script of the host runs before its files are read. */
    boolean makesFiles() {
        List<MappingNode> all = new ArrayList<>(jobs());
        all.add(document.root());
        return all.stream().anyMatch(options -> EditableDocument.entry(options, "host-init").isPresent() || EditableDocument.entry(options, "post-bin").isPresent());
    }

    private boolean isThis(String base) {
        return base.equals(file.getFileName().toString()) || base.equals(name);
    }

    /** Where a value stands. */
    Location location(Node node) {
        return document.location(node);
    }
}
