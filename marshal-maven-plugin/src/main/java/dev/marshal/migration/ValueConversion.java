// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import dev.marshal.migration.Placement.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes the value of an option mean the same in its new place. */
final class ValueConversion {

    private static final Map<String, Kind> PATHS = Map.of(
            "overlay", Kind.OVERLAY, "bin", Kind.CONTENT, "img", Kind.CONTENT, "testing.refDir", Kind.CONTENT, "linux.config", Kind.CONTENT, "linux-config", Kind.CONTENT,
            "firmware.bbl-config", Kind.CONTENT, "qemu", Kind.CONTENT, "spike", Kind.CONTENT);
    private static final Set<String> SOURCE_TREES = Set.of("linux.source", "linux-src", "firmware.opensbi-src", "firmware.bbl-src");
    private static final Set<String> SCRIPTS = Set.of("host-init", "post-bin", "guest-init", "run", "post_run_hook");
    private static final Set<String> HOST_SCRIPTS = Set.of("host-init", "post-bin", "post_run_hook");
    private static final Set<String> SWITCHES = Set.of("launch", "nodisk", "firmware.use-bbl", "testing.strip");
    /** Folders of every Linux, into which {@code cp} puts what is copied onto them. */
    private static final Set<String> FOLDERS = Set.of("/", "/root", "/bin", "/sbin", "/lib", "/etc", "/usr", "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/share", "/tmp", "/var", "/opt", "/mnt", "/home", "/etc/init.d");
    /** Options that say something when they are null. */
    private static final Set<String> NULLABLE = Set.of("qemu", "spike");

    private final EditableDocument document;
    private final Placement placement;
    private final Findings findings;

    /** @param document whose values are changed @param placement where files go @param findings told of what is out of the ordinary */
    ValueConversion(EditableDocument document, Placement placement, Findings findings) {
        this.document = document;
        this.placement = placement;
        this.findings = findings;
    }

    /** Whether the value says nothing: FireMarshal takes the option for absent, or fails. */
    static boolean saysNothing(String option, Node value) {
        return value.getTag().equals(Tag.NULL) && !NULLABLE.contains(option);
    }

    /** @param option with its group, such as {@code linux.config} */
    void convert(String option, Node value) throws IOException {
        if (PATHS.containsKey(option)) {
            paths(value, PATHS.get(option));
        } else if (SOURCE_TREES.contains(option)) {
            paths(value, Kind.SOURCE_TREE);
        } else if (SCRIPTS.contains(option)) {
            script(value, HOST_SCRIPTS.contains(option));
        } else if (SWITCHES.contains(option)) {
            toggle(value);
        } else if (option.equals("mem") || option.equals("rootfs-size")) {
            size(option, value);
        } else if (option.equals("files") && value instanceof SequenceNode list) {
            list.getValue().forEach(this::copiedFile);
        } else if (option.equals("linux.modules") && value instanceof MappingNode map) {
            for (NodeTuple module : map.getValue()) {
                paths(module.getValueNode(), Kind.CONTENT);
            }
        }
    }

    private void paths(Node value, Kind kind) {
        if (value instanceof SequenceNode list) {
            list.getValue().forEach(item -> paths(item, kind));
        } else if (EditableDocument.scalar(value) != null) {
            placement.moved(EditableDocument.scalar(value), kind, document.location(value)).ifPresent(path -> document.replace(value, path));
        }
    }

    /** A script's path ends at the first blank. */
    private void script(Node value, boolean ofHost) throws IOException {
        Node named = value instanceof SequenceNode list && !list.getValue().isEmpty() ? list.getValue().get(0) : value;
        String line = EditableDocument.scalar(named);
        if (line == null || line.isBlank()) {
            return;
        }
        String path = named == value ? line.split(" ", 2)[0] : line;
        placement.moved(path, Kind.CONTENT, document.location(named)).ifPresent(moved -> document.replace(named, moved + line.substring(path.length())));
        if (ofHost) {
            placement.mentions(path);
        }
    }

    /** YAML 1.1, which FireMarshal reads, has more words for true and false. */
    private void toggle(Node value) {
        if (value instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN && scalar.getTag().equals(Tag.BOOL)) {
            String written = List.of("true", "yes", "on").contains(scalar.getValue().toLowerCase(Locale.ROOT)) ? "true" : "false";
            if (!written.equals(scalar.getValue())) {
                document.rewrite(value, written);
            }
        }
    }

    private void size(String option, Node value) {
        String size = EditableDocument.scalar(value);
        boolean mebibytes = option.equals("mem") && size != null && size.matches("\\d+");
        if (size != null && !mebibytes) {
            DecimalSize.converted(size).ifPresent(same -> {
                document.replace(value, same);
                findings.note(document.location(value), option + ": '" + size + "' is written '" + same + "', which is what FireMarshal takes it for");
            });
        }
    }

    private void copiedFile(Node pair) {
        if (!(pair instanceof SequenceNode two) || two.getValue().size() != 2) {
            return;
        }
        paths(two.getValue().get(0), Kind.CONTENT);
        Node destination = two.getValue().get(1);
        String path = EditableDocument.scalar(destination);
        if (path != null && FOLDERS.contains(path) && !path.equals("/")) {
            document.replace(destination, path + "/");
        }
    }
}
