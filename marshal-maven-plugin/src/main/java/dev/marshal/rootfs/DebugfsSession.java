// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs commands in debugfs: as a script if possible, which is one start for any number of them. */
final class DebugfsSession {

    private static final Duration LIMIT = Duration.ofMinutes(60);
    private static final List<String> EDIT = List.of("-w");
    /** Does not verify the checksums of what it reads, which is much of the time when many files come; for what is new all through. */
    private static final List<String> FILL = List.of("-w", "-n");
    /** So many commands are worth a start of debugfs of their own. */
    private static final int WORTH_A_START = 2000;
    private static final int MAX_SHOWN = 5;
    /** The shell reads the request from a file, since Java cannot pass every byte as an argument. The name is data: it is not read by the shell. */
    private static final String REQUEST = "exec \"$0\" -w -R \"$(cat \"$1\")\" \"$2\"";
    /** What debugfs says when all is well. */
    private static final Pattern HARMLESS = Pattern.compile("|Allocated inode: \\d+|debugfs \\d.*");

    private final Ext4Image image;
    private final Path staging;
    private final EditSize size;
    private int files;

    DebugfsSession(Ext4Image image, Path staging, EditSize size) {
        this.image = image;
        this.staging = staging;
        this.size = size;
    }

    /**
     * @param changes of what was there before
     * @param content of folders that these make
     * @throws ProblemException if one of the commands failed, though debugfs itself says so only in its output
     */
    void run(List<EditOperation> changes, List<EditOperation> content) throws IOException {
        List<String> mode = image.fresh() ? FILL : EDIT;
        if (content.size() < WORTH_A_START) {
            scripts(Stream.concat(changes.stream(), content.stream()).toList(), mode);
        } else {
            // the first start verifies all that the second one goes on with
            scripts(changes, mode);
            scripts(content, FILL);
        }
    }

    private void scripts(List<EditOperation> operations, List<String> mode) throws IOException {
        List<String> lines = new ArrayList<>();
        TreeNode folder = null;
        for (EditOperation operation : operations) {
            String line = line(operation);
            if (line == null) {
                script(lines, mode);
                lines.clear();
                folder = null;
                request(operation.request());
            } else {
                if (operation.folder() != folder) {
                    folder = operation.folder();
                    lines.addAll(EditOperation.enter(folder));
                }
                lines.add(line);
            }
        }
        script(lines, mode);
    }

    /** Gives nodes their real names, which no script can hold. @param nodes the nodes, a folder before what is in it */
    void rename(List<EditCheck.Made> nodes) throws IOException {
        List<String> lines = new ArrayList<>();
        for (EditCheck.Made made : nodes) {
            lines.add("cd <" + made.folder() + ">");
            lines.add("unlink " + EditOperation.quote(made.node().scriptName));
        }
        script(lines, EDIT);
        for (EditCheck.Made made : nodes) {
            request("ln <" + made.inode() + "> " + EditOperation.quote(made.node().path().raw()));
        }
    }

    /** A file of the host whose path no line can hold is reached through a link. */
    private String line(EditOperation operation) throws IOException {
        String line = operation.line();
        if (line != null || !operation.verb().equals("write")) {
            return line;
        }
        Path link = staging.resolve("source-" + files++);
        Files.createSymbolicLink(link, ((EditOperation.Arg.Name) operation.args().get(1)).node().source);
        return new EditOperation("write", operation.folder(), List.of(new EditOperation.Arg.Text(RawNames.raw(RawNames.of(link))), operation.args().get(1))).line();
    }

    private void script(List<String> lines, List<String> mode) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        Path script = staging.resolve("script-" + files++);
        Files.write(script, RawNames.bytes(String.join("\n", lines) + "\n"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Command.Outcome outcome = image.command("edit the root file system", "debugfs").args(mode).args("-f", script, image.file()).copyTo(bytes).limit(LIMIT).run();
        String output = RawNames.raw(bytes.toByteArray());
        List<Complaint> complaints = new ArrayList<>();
        int at = 0;
        String before = "open the image";
        for (String line : lines) {
            // every line is echoed as it is, and what follows up to the next echo is said about it
            String echo = "debugfs: " + line + "\n";
            int found = output.indexOf(echo, at);
            if (found < 0) {
                complain(complaints, before, output.substring(at));
                complaints.add(new Complaint(line, "debugfs ended before it came to this"));
                at = output.length();
                break;
            }
            complain(complaints, before, output.substring(at, found));
            before = line;
            at = found + echo.length();
        }
        complain(complaints, before, output.substring(at));
        finish(outcome, complaints);
    }

    private void request(String request) throws IOException {
        Path file = staging.resolve("request-" + files++);
        Files.write(file, RawNames.bytes(request));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String debugfs = image.tool("debugfs");
        Command.Outcome outcome = image.environment(new Command("edit the root file system", "/bin/sh").args("-c", REQUEST, debugfs, file, image.file()))
                .copyTo(bytes).limit(LIMIT).run();
        List<Complaint> complaints = new ArrayList<>();
        complain(complaints, request, RawNames.raw(bytes.toByteArray()));
        finish(outcome, complaints);
    }

    /** Something that debugfs said. @param command the command it said it about @param text what it said, one line; both raw */
    private record Complaint(String command, String text) {}

    private static void complain(List<Complaint> complaints, String command, String output) {
        for (String text : output.split("\n")) {
            if (!HARMLESS.matcher(text).matches()) {
                complaints.add(new Complaint(command, text));
            }
        }
    }

    private void finish(Command.Outcome outcome, List<Complaint> complaints) {
        if (complaints.isEmpty() && outcome.exit() == 0) {
            return;
        }
        for (Complaint complaint : complaints) {
            if (complaint.text.contains("Could not allocate block") || complaint.text.contains("Could not allocate inode")) {
                throw size.tooSmall(image.file(), shown(complaint));
            }
            if (complaint.text.contains("No space left on device")) {
                throw new ProblemException("the host's disk is full: the root file system could not be written", image.file(), "Free some space on the disk that holds this folder");
            }
        }
        if (complaints.isEmpty()) {
            throw new ProblemException("could not edit the root file system: debugfs " + (outcome.timedOut() ? "was ended after its time limit" : "exited with status " + outcome.exit()),
                    image.file(), "Check that debugfs works: 'debugfs -V'");
        }
        List<Problem> problems = new ArrayList<>();
        complaints.stream().limit(MAX_SHOWN).forEach(complaint -> problems.add(
                new Problem("could not edit the root file system: " + shown(complaint), image.file().toString(), "Check the image with 'e2fsck -fn', and the file named here")));
        throw new ProblemException(problems);
    }

    private static String shown(Complaint complaint) {
        return "'" + RawNames.shown(complaint.command) + "' said: " + RawNames.shown(complaint.text);
    }
}
