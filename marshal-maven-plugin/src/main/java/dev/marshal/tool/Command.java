// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One start of a program. Arguments are passed as they are: no shell reads them. The program gets a session of its own and an empty standard
 * input; it and all it started are ended when the time limit passes, when the thread is interrupted, and when this process dies in whatever way.
 */
public final class Command {

    /** How many lines of a failing program's output are shown. */
    private static final int TAIL_LINES = 25;

    /** Of a longer line only the beginning is kept in memory; the log has all of it. */
    private static final int LONGEST_LINE = 1 << 20;

    /**
     * Watches over a program: its standard input is a pipe that only this process holds open, so the end of the pipe is the end of us.
     * The program runs in a session, hence process group, of its own, which is ended as a whole.
     */
    private static final String GUARD = """
            trap '' INT HUP QUIT
            exec 3<&0
            setsid "$@" </dev/null 3<&- &
            program=$!
            # who ends a whole process group, as timeout does, must not end these two before the program
            trap '' TERM
            {
                read -r _
                trap '' USR1
                kill -TERM -"$program" || kill -TERM "$program"
                tries=40
                while [ "$tries" -gt 0 ] && kill -0 -"$program"; do
                    sleep 0.05
                    tries=$((tries - 1))
                done
                kill -KILL -"$program"
            } <&3 >/dev/null 2>&1 &
            guard=$!
            wait "$program" 2>/dev/null
            status=$?
            # ends it if it still reads; if it is about to end the group, waits until that is done
            { kill -USR1 "$guard"; wait "$guard"; } 2>/dev/null
            exit "$status"
            """;

    private final String what;
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();
    private Path folder;
    private Path log;
    private OutputStream copy;
    private Duration limit = Duration.ofHours(6);
    private boolean onlyEnvironment;

    /**
     * @param what    what the program is started for, as the end of "could not …"
     * @param program path or name
     */
    public Command(String what, String program) {
        this.what = what;
        words.add(program);
    }

    /** Adds arguments. */
    public Command args(Object... arguments) {
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        return this;
    }

    /** Adds arguments. */
    public Command args(List<String> arguments) {
        words.addAll(arguments);
        return this;
    }

    /** Sets a variable of the environment; null removes it. */
    public Command env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Sets variables of the environment. */
    public Command env(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** Starts from an environment of {@code PATH}, {@code HOME} and {@code TMPDIR} only, so that nothing of the user's session gets into a result; the locale is C, the time zone UTC. */
    public Command cleanEnvironment() {
        onlyEnvironment = true;
        return this;
    }

    /** The folder it runs in. */
    public Command in(Path newFolder) {
        folder = newFolder;
        return this;
    }

    /** Writes all output to this file too, replacing it; its path is part of the message when the program fails. */
    public Command log(Path file) {
        log = file;
        return this;
    }

    /** Calls back for every line of output, on another thread. */
    public Command onLine(Consumer<String> listener) {
        listeners.add(listener);
        return this;
    }

    /** Copies every byte of output to this stream as it comes, on another thread; the stream is flushed but not closed. */
    public Command copyTo(OutputStream stream) {
        copy = stream;
        return this;
    }

    /** Ends the program when it takes longer; 6 hours unless set. */
    public Command limit(Duration duration) {
        limit = duration;
        return this;
    }

    /** The words of the command, for logs and fingerprints. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** Runs it to its end, whatever that is. */
    public Outcome run() throws IOException {
        return start().await();
    }

    /**
     * Runs it to its end.
     *
     * @throws ToolFailure if it exits with anything but 0, or is ended for taking too long
     */
    public Outcome check() throws IOException {
        Outcome outcome = run();
        if (outcome.exit() != 0) {
            throw new ToolFailure(what, words.get(0), outcome, limit, log);
        }
        return outcome;
    }

    /** Runs it to its end and gives what it printed. @throws ToolFailure as {@link #check} */
    public String output() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        copyTo(bytes).check();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Starts it; {@link Running#await} must follow. */
    public Running start() throws IOException {
        List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "marshal"));
        guarded.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(guarded).redirectErrorStream(true);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        Map<String, String> env = builder.environment();
        if (onlyEnvironment) {
            env.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
            env.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
            env.put("LC_ALL", "C");
            env.put("TZ", "UTC");
        }
        environment.forEach((name, value) -> {
            if (value == null) {
                env.remove(name);
            } else {
                env.put(name, value);
            }
        });
        if (log != null) {
            Files.createDirectories(log.toAbsolutePath().getParent());
        }
        OutputStream logStream = log == null ? OutputStream.nullOutputStream() : Files.newOutputStream(log);
        try {
            return new Running(builder.start(), logStream);
        } catch (IOException e) {
            logStream.close();
            throw e;
        }
    }

    /** How a program ended. @param exit its exit status, 128 + the signal's number if a signal ended it; -1 if it took too long @param tail its last lines @param elapsed how long it took */
    public record Outcome(int exit, List<String> tail, Duration elapsed) {

        /** Whether it was ended for taking longer than its limit. */
        public boolean timedOut() {
            return exit == -1;
        }
    }

    /** A program that was started. */
    public final class Running {

        private final Process process;
        private final Thread reader;
        private final Deque<String> tail = new ArrayDeque<>();
        private final long started = System.nanoTime();
        private volatile IOException readFailure;

        private Running(Process process, OutputStream logStream) {
            this.process = process;
            this.reader = new Thread(() -> read(logStream), "marshal output of " + words.get(0));
            reader.setDaemon(true);
            reader.start();
        }

        /** Ends it now, with all it started. Returns at once; {@link #await} tells when it is gone. */
        public void kill() {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                process.destroyForcibly();
            }
        }

        /** Waits for its end. @throws InterruptedIOException if this thread is interrupted: the program is ended too */
        public Outcome await() throws IOException {
            boolean timedOut = false;
            try {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    timedOut = true;
                    kill();
                    if (!process.waitFor(5, TimeUnit.SECONDS)) {
                        process.destroyForcibly();
                    }
                }
                reader.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                kill();
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException(what + " was interrupted").initCause(e);
            } finally {
                kill();
            }
            // who ends a program by force closes what it is read from
            if (readFailure != null && !timedOut) {
                throw readFailure;
            }
            synchronized (tail) {
                return new Outcome(timedOut ? -1 : process.exitValue(), List.copyOf(tail), Duration.ofNanos(System.nanoTime() - started));
            }
        }

        private void read(OutputStream logStream) {
            try (logStream; InputStream from = process.getInputStream()) {
                byte[] buffer = new byte[16384];
                ByteArrayOutputStream line = new ByteArrayOutputStream();
                for (int count; (count = from.read(buffer)) >= 0;) {
                    logStream.write(buffer, 0, count);
                    logStream.flush();
                    if (copy != null) {
                        copy.write(buffer, 0, count);
                        copy.flush();
                    }
                    for (int i = 0; i < count; i++) {
                        if (buffer[i] == '\n') {
                            endLine(line);
                        } else if (line.size() < LONGEST_LINE) {
                            line.write(buffer[i]);
                        }
                    }
                }
                if (line.size() > 0) {
                    endLine(line);
                }
            } catch (IOException e) {
                readFailure = e;
                kill();
            }
        }

        private void endLine(ByteArrayOutputStream line) {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            synchronized (tail) {
                tail.addLast(text);
                if (tail.size() > TAIL_LINES) {
                    tail.removeFirst();
                }
            }
            listeners.forEach(listener -> listener.accept(text));
        }
    }

    /** The environment that was set, for fingerprints. */
    public Map<String, String> environment() {
        return Collections.unmodifiableMap(environment);
    }
}
