// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import dev.marshal.workload.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Makes a specification of marshal's of one of FireMarshal's, in its own text. */
final class SpecificationConversion {

    private static final Set<String> KNOWN = Options.all().stream().map(option -> option.name()).collect(Collectors.toSet());
    private static final Set<String> GROUPS = KNOWN.stream().filter(name -> name.contains(".")).map(name -> name.substring(0, name.indexOf('.'))).collect(Collectors.toSet());
    /** How editors find the schema that every build writes into the project. */
    static final String SCHEMA_LINE = "# yaml-language-server: $schema=../../../target/marshal/workload.schema.json";
    private static final List<String> OLD_LINUX = List.of("linux-src", "linux-config");
    /** Scripts of the host mostly call make. */
    private static final List<String> MAKEFILES = List.of("Makefile", "makefile", "GNUmakefile");
    private static final Map<String, String> INTERNAL = Map.of(
            "out-dir", "outputs are in target/ of each project",
            "isDistro", "a workload that sets 'distro' and has no base is the first of its chain",
            "builder", "distributions are part of the plugin",
            "cfg-file", "the specification is src/main/workload/workload.yaml");

    private final Module module;
    private final KnownBases known;
    private final EditableDocument document;
    private final Findings findings;
    private final ValueConversion values;

    /** @param module what is made of the workload @param known the bases that the user named, and the defaults @param findings told of what is out of the ordinary */
    SpecificationConversion(Module module, KnownBases known, Findings findings) {
        this.module = module;
        this.known = known;
        this.document = module.workload().document();
        this.findings = findings;
        this.values = new ValueConversion(document, module.placement(), findings);
    }

    /**
     * Converts it.
     *
     * @param base what the workload stands on
     * @param jobs what each of its jobs stands on, in their order; null for the workload itself
     * @return the new text, with the place of its schema in the first line
     */
    String convert(Module.Dependency base, List<Module.Dependency> jobs) throws IOException {
        workdir();
        for (String makefile : MAKEFILES) {
            module.placement().mentions(makefile);
        }
        options(document.root(), base, false);
        List<MappingNode> nodes = module.workload().jobs();
        for (int i = 0; i < nodes.size(); i++) {
            options(nodes.get(i), jobs.get(i), true);
        }
        String text = document.text();
        return SCHEMA_LINE + (text.contains("\r\n") ? "\r\n" : "\n") + text;
    }

    private void workdir() {
        Optional<NodeTuple> written = EditableDocument.entry(document.root(), "workdir");
        if (!module.placement().hasWorkdir()) {
            written.ifPresent(entry -> {
                document.drop(document.root(), entry);
                findings.unmapped(document.location(entry.getKeyNode()), "there is no workdir " + module.workload().workdir(), "Create the folder beside the new specification, and name it again");
            });
            return;
        }
        String path = module.placement().workdirPath();
        if (written.isEmpty()) {
            document.insert(document.root(), name(document.root()), "workdir", path);
        } else if (!java.nio.file.Path.of(EditableDocument.scalar(written.get().getValueNode())).normalize().toString().equals(path)) {
            document.replace(written.get().getValueNode(), path);
        }
    }

    private static NodeTuple name(MappingNode options) {
        return EditableDocument.entry(options, "name").orElseGet(() -> options.getValue().get(0));
    }

    private void options(MappingNode options, Module.Dependency base, boolean job) throws IOException {
        dropDoubles(options);
        Map<String, NodeTuple> entries = entries(options);
        if (!entries.containsKey("rootfs-size") && isTight(entries, base)) {
            document.insert(options, name(options), "rootfs-size", "0");
        }
        for (Map.Entry<String, NodeTuple> each : entries.entrySet()) {
            String name = each.getKey();
            NodeTuple entry = each.getValue();
            Node value = entry.getValueNode();
            if (ValueConversion.saysNothing(name, value)) {
                drop(options, entry, "'" + name + "' has no value", "Write one, or leave it out");
            } else if (name.equals("name")) {
                name(value);
            } else if (name.equals("base")) {
                base(options, entry, base);
            } else if (name.equals("workdir")) {
                if (job) {
                    drop(options, entry, "a job's own 'workdir' is not used by FireMarshal: jobs have the workload's", "Write paths relative to the workload's workdir");
                }
            } else if (name.equals("jobs")) {
                if (job || !(value instanceof SequenceNode)) {
                    drop(options, entry, job ? "a job has no jobs of its own" : "the jobs are no list", "Write a list of jobs at the top of the specification");
                }
            } else if (name.equals("distro")) {
                distro(options, entry);
            } else if (OLD_LINUX.contains(name)) {
                oldLinux(options, entries, name);
            } else if (GROUPS.contains(name) && value instanceof MappingNode members) {
                group(options, entry, name, members);
            } else if (KNOWN.contains(name)) {
                values.convert(name, value);
            } else {
                unknown(options, entry, name);
            }
        }
    }

    /** FireMarshal gives every image of a workload that names no size what is used and a margin. */
    private static boolean isTight(Map<String, NodeTuple> entries, Module.Dependency base) {
        return base != null && base.version() != null && !base.artifactId().equals("bare-base") && !entries.containsKey("img") && !entries.containsKey("bin");
    }

    private void name(Node value) {
        String name = EditableDocument.scalar(value);
        String fit = fit(name);
        if (!fit.equals(name)) {
            document.replace(value, fit);
            findings.note(document.location(value), "the name '" + name + "' is written '" + fit + "': names become names of files");
        }
    }

    /** A name as files and Maven's artifacts can bear it. */
    static String fit(String name) {
        String fit = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        return fit.matches("[A-Za-z0-9_].*") ? fit : "w" + fit;
    }

    private void base(MappingNode options, NodeTuple entry, Module.Dependency base) {
        if (base == null) {
            document.remove(options, entry); // a job of its own workload
        } else {
            document.replace(entry.getValueNode(), base.name(module.bases()));
        }
    }

    /** The base brings the distribution; options of FireMarshal's are understood only by a base that the user names because it is made alike. */
    private void distro(MappingNode options, NodeTuple entry) {
        Optional<MappingNode> distro = Optional.of(entry.getValueNode()).filter(MappingNode.class::isInstance).map(MappingNode.class::cast);
        boolean plain = distro.flatMap(map -> EditableDocument.entry(map, "opts")).map(NodeTuple::getValueNode).filter(opts -> opts instanceof MappingNode map && !map.getValue().isEmpty()).isEmpty();
        Optional<String> file = distro.flatMap(map -> EditableDocument.entry(map, "name")).map(name -> EditableDocument.scalar(name.getValueNode())).flatMap(KnownBases::fileOf);
        if (plain) {
            document.drop(options, entry);
        } else if (file.flatMap(known::named).isEmpty()) {
            drop(options, entry, "the options of the distribution were not taken over: the base is made otherwise", "Name a base of that distribution with -D" + KnownBases.PROPERTY + "="
                    + file.orElse("FILE") + ".json=groupId:artifactId:version and import again, or write the options that the new base has (docs/distributions.md)");
        }
    }

    private void oldLinux(MappingNode options, Map<String, NodeTuple> entries, String name) throws IOException {
        NodeTuple entry = entries.get(name);
        if (entries.containsKey("linux")) {
            drop(options, entry, "'" + name + "' is not used by FireMarshal beside 'linux'", "Write it as a member of 'linux', if it is meant to count");
            return;
        }
        values.convert(name, entry.getValueNode());
        NodeTuple other = entries.get(OLD_LINUX.get(1 - OLD_LINUX.indexOf(name)));
        boolean block = !document.isOneLine(entry.getValueNode());
        if (other == null && !block) {
            String quote = document.source(entry.getKeyNode()).startsWith("\"") ? "\"" : "";
            String member = name.substring("linux-".length()).replace("src", "source");
            document.rewrite(entry.getKeyNode(), quote + "linux" + quote);
            document.wrap(entry.getValueNode(), "{ " + quote + member + quote + ": ", " }");
        }
        // otherwise it stays: the older spelling is understood, with a warning
    }

    private void group(MappingNode options, NodeTuple entry, String group, MappingNode members) throws IOException {
        dropDoubles(members);
        Map<String, NodeTuple> entries = entries(members);
        if (entries.keySet().stream().noneMatch(member -> KNOWN.contains(group + "." + member))) {
            drop(options, entry, "'" + group + "' has no option that marshal knows", "See docs/options.md");
            return;
        }
        for (Map.Entry<String, NodeTuple> member : entries.entrySet()) {
            String option = group + "." + member.getKey();
            Node value = member.getValue().getValueNode();
            if (!KNOWN.contains(option)) {
                unknown(members, member.getValue(), option);
            } else if (ValueConversion.saysNothing(option, value)) {
                drop(members, member.getValue(), "'" + option + "' has no value", "Write one, or leave it out");
            } else {
                values.convert(option, value);
            }
        }
    }

    private void unknown(MappingNode options, NodeTuple entry, String name) {
        if (INTERNAL.containsKey(name)) {
            drop(options, entry, "'" + name + "' is FireMarshal's own", "Leave it out: " + INTERNAL.get(name));
        } else if (name.equals("<<")) {
            drop(options, entry, "values merged by '<<' were not taken over", "Write these options out");
        } else {
            drop(options, entry, "the option '" + name + "' is unknown to marshal, as it is to FireMarshal", "Leave it out, or write the option that was meant: docs/options.md");
        }
    }

    /** Of an option that stands twice, Python takes the last. */
    private void dropDoubles(MappingNode options) {
        List<NodeTuple> doubles = new ArrayList<>();
        for (NodeTuple entry : options.getValue()) {
            String name = EditableDocument.scalar(entry.getKeyNode());
            if (name != null && EditableDocument.entry(options, name).orElseThrow() != entry) {
                doubles.add(entry);
            }
        }
        doubles.forEach(entry -> drop(options, entry, "'" + EditableDocument.scalar(entry.getKeyNode()) + "' stands twice; FireMarshal takes the last", "Keep one of the two"));
    }

    private static Map<String, NodeTuple> entries(MappingNode options) {
        Map<String, NodeTuple> entries = new LinkedHashMap<>();
        for (NodeTuple entry : options.getValue()) {
            entries.put(String.valueOf(EditableDocument.scalar(entry.getKeyNode())), entry);
        }
        return entries;
    }

    private void drop(MappingNode options, NodeTuple entry, String what, String remedy) {
        findings.unmapped(document.location(entry.getKeyNode()), what, remedy);
        document.drop(options, entry);
    }
}
