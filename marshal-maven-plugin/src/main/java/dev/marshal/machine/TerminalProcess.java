// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that reads the keys of the user's terminal. It stays in the terminal's foreground process group, and is ended when this process dies in
 * whatever way; the terminal is then as it was before, also when the program left it in another mode.
 */
final class TerminalProcess {

    /** The terminal of this process, whatever its standard streams are. */
    private static final Path TERMINAL = Path.of("/dev/tty");

    /**
     * As the guard of tool.Command, but without a session of its own, which would have no terminal. Its standard input is a pipe that only this
     * process holds open. Signals of the keyboard are ignored here; the program sets up what it wants of them. TTOU is ignored to restore the terminal
     * even after it belongs to the shell again.
     */
    private static final String GUARD = """
            trap '' INT HUP QUIT TSTP TTOU
            exec 3<&0
            quit=$1
            shift
            saved=$(stty -g </dev/tty)
            test -z "$quit" || stty intr "$quit" </dev/tty
            "$@" </dev/tty 3<&- &
            program=$!
            trap '' TERM
            { read -r _; kill -TERM "$program"; sleep 2; kill -KILL "$program"; } <&3 >/dev/null 2>&1 &
            guard=$!
            wait "$program"
            status=$?
            kill -KILL "$guard"
            stty "$saved" </dev/tty
            exit "$status"
            """;

    private final String name;
    private final List<String> words;
    private final String quitKey;

    /**
     * @param name    of the workload, for messages
     * @param words   the program and its arguments
     * @param quitKey the key that interrupts the build, and so the program, instead of Ctrl-C; null to leave the keys to the program
     */
    TerminalProcess(String name, List<String> words, String quitKey) {
        this.name = name;
        this.words = words;
        this.quitKey = quitKey;
    }

    /**
     * Runs the program to its end.
     *
     * @param output gets all that it prints
     * @return its exit status, 128 + the signal's number if a signal ended it
     * @throws ProblemException       if there is no terminal
     * @throws InterruptedIOException if this thread is interrupted: the program is ended
     */
    int run(OutputStream output) throws IOException {
        try {
            Files.newInputStream(TERMINAL).close();
        } catch (IOException e) {
            throw new ProblemException("there is no terminal to put the console of '" + name + "' on", null,
                    "Launch it from a terminal, or use the goal 'boot', which needs none", e);
        }
        List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "marshal", quitKey == null ? "" : quitKey));
        guarded.addAll(words);
        Process process = new ProcessBuilder(guarded).redirectErrorStream(true).start();
        StringBuilder failure = new StringBuilder();
        Thread reader = new Thread(() -> copy(process, output, failure), "marshal console of " + name);
        reader.setDaemon(true);
        reader.start();
        try {
            int exit = process.waitFor();
            reader.join(10_000);
            if (failure.length() > 0) {
                throw new IOException(failure.toString());
            }
            return exit;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the launch of " + name + " was interrupted").initCause(e);
        } finally {
            process.getOutputStream().close();
        }
    }

    private static void copy(Process process, OutputStream output, StringBuilder failure) {
        try (InputStream from = process.getInputStream()) {
            byte[] buffer = new byte[8192];
            for (int count; (count = from.read(buffer)) >= 0;) {
                output.write(buffer, 0, count);
            }
        } catch (IOException e) {
            failure.append(e);
            process.destroy();
        }
    }
}
