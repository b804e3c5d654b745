// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import dev.marshal.problem.Location;
import dev.marshal.problem.ProblemException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML document (JSON is one too) that is changed where its values stand: all else keeps its bytes, comments and order. Changes take effect in
 * {@link #text}; places always are those of the original.
 */
final class EditableDocument {

    /** What stands before each line that is kept as a comment. */
    static final String DROPPED = "# not imported: ";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_./]([A-Za-z0-9_./+=@%~'\" -]*[A-Za-z0-9_./+=@%~'\"-])?|[0-9]+(\\.[0-9]+)?[KMGT]?i?B");
    private static final Pattern RESERVED = Pattern.compile("(?i)true|false|yes|no|on|off|y|n|null|\\.|\\.(inf|nan)");

    private final String file;
    private final String text;
    private final MappingNode root;
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(int from, int to, String with) {}

    /**
     * @param file its name, for messages
     * @param text what it holds
     * @throws ProblemException with the place if it is not well-formed, or no map
     */
    EditableDocument(String file, String text) {
        this.file = file;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Node node;
        try {
            node = new Yaml(new LoaderOptions()).compose(new StringReader(this.text));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new ProblemException("not well-formed: " + e.getProblem(), mark == null ? Location.of(file) : location(mark), "Mend the text there; FireMarshal cannot read it either", e);
        } catch (YAMLException e) {
            throw new ProblemException("not well-formed: " + e.getMessage().lines().findFirst().orElse(""), file, "Mend the text; FireMarshal cannot read it either", e);
        }
        if (!(node instanceof MappingNode map)) {
            throw new ProblemException("no options stand in the file", file, "Name a FireMarshal specification: options and values, in YAML or JSON");
        }
        this.root = map;
    }

    /** The options. */
    MappingNode root() {
        return root;
    }

    /** Where a value or the name of an option stands. */
    Location location(Node node) {
        return location(node.getStartMark());
    }

    private Location location(Mark mark) {
        return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The option of that name; the last, if it stands twice. */
    static Optional<NodeTuple> entry(MappingNode map, String name) {
        return map.getValue().stream().filter(tuple -> name.equals(scalar(tuple.getKeyNode()))).reduce((first, second) -> second);
    }

    /** The text of a value; null if it is none, or null. */
    static String scalar(Node node) {
        return node instanceof ScalarNode scalar && !scalar.getTag().equals(org.yaml.snakeyaml.nodes.Tag.NULL) ? scalar.getValue() : null;
    }

    /** Writes another value in the place of a text, a number or a name; quoted as the old one was. */
    void replace(Node node, String value) {
        ScalarNode scalar = (ScalarNode) node;
        replace(start(node), end(node), quoted(value, scalar.getScalarStyle()));
    }

    /** Writes another value in the place of whatever stands there, as it is to stand in the text. */
    void rewrite(Node node, String written) {
        replace(start(node), end(node), written);
    }

    /** A text as it stands in the document. */
    String source(Node node) {
        return text.substring(start(node), end(node));
    }

    /** Writes something before and after a value; what changes inside it stays. */
    void wrap(Node node, String before, String after) {
        edits.add(new Edit(start(node), start(node), before));
        edits.add(new Edit(end(node), end(node), after));
    }

    /** Whether something could stand before and after the value. */
    boolean isOneLine(Node node) {
        return !source(node).contains("\n");
    }

    /** Adds an option before another, after what was added there before. @param value a number is written as one */
    void insert(MappingNode map, NodeTuple before, String name, String value) {
        Node next = before.getKeyNode();
        ScalarStyle style = next instanceof ScalarNode scalar ? scalar.getScalarStyle() : ScalarStyle.PLAIN;
        boolean flow = map.getFlowStyle() == FlowStyle.FLOW;
        boolean ownLine = text.substring(lineStart(start(next)), start(next)).isBlank();
        String entry = quoted(name, style) + (style == ScalarStyle.DOUBLE_QUOTED ? " : " : ": ") + (value.matches("\\d+") ? value : quoted(value, style)) + (flow ? "," : "");
        replace(start(next), start(next), entry + (flow && !ownLine ? " " : "\n" + " ".repeat(next.getStartMark().getColumn())));
    }

    /** Turns an option and its value into a comment, or takes it away where it shares its lines with others. */
    void drop(MappingNode map, NodeTuple entry) {
        int from = start(entry.getKeyNode());
        int to = end(map, entry);
        if (hasOwnLines(from, to)) {
            String lines = text.substring(lineStart(from), lineEnd(to));
            replace(lineStart(from), lineEnd(to), lines.replaceAll("(?m)^([ \t]*)(?=\\S)", "$1" + DROPPED));
        } else {
            replace(from, to, "");
        }
    }

    /** Takes an option and its value away. */
    void remove(MappingNode map, NodeTuple entry) {
        int from = start(entry.getKeyNode());
        int to = end(map, entry);
        if (hasOwnLines(from, to)) {
            replace(lineStart(from), Math.min(text.length(), lineEnd(to) + 1), "");
        } else {
            replace(from, to, "");
        }
    }

    private int end(MappingNode map, NodeTuple entry) {
        int key = end(entry.getKeyNode());
        int value = end(entry.getValueNode());
        int end = value < key ? lineEnd(key) : value; // the value of an alias stands elsewhere
        return map.getFlowStyle() == FlowStyle.FLOW ? afterComma(end) : end;
    }

    private boolean hasOwnLines(int from, int to) {
        String rest = text.substring(to, lineEnd(to)).strip();
        return text.substring(lineStart(from), from).isBlank() && (rest.isEmpty() || rest.startsWith("#"));
    }

    /** The document with all changes. */
    String text() {
        StringBuilder changed = new StringBuilder(text);
        List<Edit> backwards = new ArrayList<>(edits);
        Collections.reverse(backwards);
        backwards.sort(Comparator.comparingInt(Edit::from).reversed());
        for (Edit edit : backwards) {
            changed.replace(edit.from(), edit.to(), edit.with());
        }
        return changed.toString();
    }

    private void replace(int from, int to, String with) {
        // a value with an anchor is met again wherever it is referred to; what was decided first stays
        if (edits.stream().noneMatch(edit -> from == to ? edit.from() == from && edit.with().equals(with) : edit.from() < to && from < edit.to())) {
            edits.add(new Edit(from, to, with));
        }
    }

    private int start(Node node) {
        return text.offsetByCodePoints(0, node.getStartMark().getIndex());
    }

    /** The end of what is written; the parser's own mark may lie behind comments that follow. */
    private int end(Node node) {
        if (node instanceof CollectionNode<?> collection && collection.getFlowStyle() != FlowStyle.FLOW) {
            int end = start(node);
            if (node instanceof MappingNode map) {
                for (NodeTuple tuple : map.getValue()) {
                    end = Math.max(end, Math.max(end(tuple.getKeyNode()), end(tuple.getValueNode())));
                }
            } else {
                for (Node item : ((SequenceNode) node).getValue()) {
                    end = Math.max(end, end(item));
                }
            }
            return end;
        }
        int end = text.offsetByCodePoints(0, node.getEndMark().getIndex());
        while (end > start(node) && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private int afterComma(int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                at = lineEnd(at);
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return c == ',' ? at + 1 : from;
            }
        }
        return from;
    }

    private int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    private int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        int stop = end < 0 ? text.length() : end;
        return stop > at && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
    }

    private static String quoted(String value, ScalarStyle style) {
        if (style == ScalarStyle.SINGLE_QUOTED && value.chars().noneMatch(Character::isISOControl)) {
            return "'" + value.replace("'", "''") + "'";
        }
        if (style != ScalarStyle.DOUBLE_QUOTED && PLAIN.matcher(value).matches() && !RESERVED.matcher(value).matches()) {
            return value;
        }
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append((char) c);
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(Character.isISOControl(c) ? String.format("\\u%04x", c) : String.valueOf((char) c));
            }
        });
        return quoted.append('"').toString();
    }
}
