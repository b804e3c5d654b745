// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One command for debugfs. In a script it is a line, run in the folder that it concerns; debugfs takes lines of up to 8191 bytes, and no way of
 * writing puts a newline or a carriage return into one. What does not fit goes to debugfs as a request of its own, with absolute paths.
 *
 * @param verb   debugfs' name of the command
 * @param folder the folder it runs in
 * @param args   its arguments
 */
record EditOperation(String verb, TreeNode folder, List<Arg> args) {

    private static final int MAX_LINE = 8000;

    /** An argument. */
    sealed interface Arg {

        /** A name in the folder that the command runs in. */
        record Name(TreeNode node) implements Arg {}

        /** What is there already, or was made by an earlier command, in the folder that the command runs in. */
        record Ref(TreeNode node) implements Arg {}

        /** The same anywhere. */
        record Place(TreeNode node) implements Arg {}

        /** Any text, raw. */
        record Text(String text) implements Arg {}
    }

    /** The line for a script; null if it cannot be one. */
    String line() {
        StringBuilder line = new StringBuilder(verb);
        for (Arg arg : args) {
            line.append(' ').append(quote(relative(arg)));
        }
        return fits(line) ? line.toString() : null;
    }

    /** The command as a request of its own. */
    String request() {
        StringBuilder request = new StringBuilder(verb);
        for (Arg arg : args) {
            request.append(' ').append(quote(absolute(arg)));
        }
        return request.toString();
    }

    /** The lines that take debugfs to a folder; null if no lines can. */
    static List<String> enter(TreeNode folder) {
        Deque<String> lines = new ArrayDeque<>();
        TreeNode at = folder;
        for (; at.isNew(); at = at.parent) {
            // the dot keeps a name of the form <12> from being taken for an inode
            lines.push("cd " + quote("./" + scriptName(at)));
        }
        lines.push("cd <" + at.inode + ">");
        return List.copyOf(lines);
    }

    static boolean fits(CharSequence line) {
        if (line.length() > MAX_LINE) {
            return false;
        }
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\n' || line.charAt(i) == '\r') {
                return false;
            }
        }
        return true;
    }

    /** A word that debugfs reads back as it is: only the quote is special between quotes, and is doubled. */
    static String quote(String raw) {
        return '"' + raw.replace("\"", "\"\"") + '"';
    }

    static String scriptName(TreeNode node) {
        return node.scriptName == null ? node.name : node.scriptName;
    }

    /** The path under which debugfs finds a node while the edit goes on, raw. */
    static String scriptPath(TreeNode node) {
        return node.parent == null ? "" : scriptPath(node.madeIn()) + "/" + scriptName(node);
    }

    private static String relative(Arg arg) {
        if (arg instanceof Arg.Name name) {
            return scriptName(name.node());
        }
        if (arg instanceof Arg.Ref ref) {
            return ref.node().isNew() ? "./" + scriptName(ref.node()) : "<" + ref.node().inode + ">";
        }
        return absolute(arg);
    }

    private static String absolute(Arg arg) {
        if (arg instanceof Arg.Name name) {
            return scriptPath(name.node());
        }
        if (arg instanceof Arg.Ref ref) {
            return ref.node().isNew() ? scriptPath(ref.node()) : "<" + ref.node().inode + ">";
        }
        return arg instanceof Arg.Place place ? scriptPath(place.node()) : ((Arg.Text) arg).text();
    }
}
