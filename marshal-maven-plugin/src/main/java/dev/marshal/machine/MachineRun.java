// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Command;
import dev.marshal.tool.Log;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One run of a simulator: its console, its end, and what that means. The same for every simulator. */
final class MachineRun {

    /** What is kept of a console at most. */
    static final long MOST_BYTES = 1024 * MachineRequest.MIB;

    /** A kernel prints registers and the call trace after its first words of a panic; this is how long it gets. */
    private static final long LAST_WORDS_MILLIS = 500;

    /** QEMU exits with status 0 when a signal ends it; only this message tells that from a guest that powers off. */
    private static final String ENDED_BY_SIGNAL = "terminating on signal";

    /** The simulator's own messages go to a file of their own: among the guest's output they could be forged, and would be compared with references. */
    private static final String MESSAGES_APART = "messages=$1; shift; exec \"$@\" 2>\"$messages\"";

    private final String simulator;
    private final MachineRequest request;
    private final Log log;
    private final long mostBytes;
    private final Duration betweenProgress;

    MachineRun(String simulator, MachineRequest request, Log log) {
        this(simulator, request, log, MOST_BYTES, Duration.ofSeconds(10));
    }

    MachineRun(String simulator, MachineRequest request, Log log, long mostBytes, Duration betweenProgress) {
        this.simulator = simulator;
        this.request = request;
        this.log = log;
        this.mostBytes = mostBytes;
        this.betweenProgress = betweenProgress;
    }

    /** Runs the simulator without input. @param words the command @param layer of its disk, or null */
    MachineResult run(List<String> words, DiskLayer layer) throws IOException {
        Files.createDirectories(request.workFolder());
        log.info(request.name() + ": boots on " + simulator + " (" + request.cpus() + (request.cpus() == 1 ? " cpu, " : " cpus, ") + request.memoryMib()
                + " MiB); its console is in " + request.uartlog());
        log.debug(String.join(" ", words));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "marshal watch over " + request.name());
            thread.setDaemon(true);
            return thread;
        });
        CompletableFuture<Command.Running> machine = new CompletableFuture<>();
        long started = System.nanoTime();
        Command.Outcome outcome = null;
        ConsoleWatch watch = new ConsoleWatch(request.script(), openUartlog(), mostBytes,
                () -> clock.schedule(() -> machine.thenAccept(Command.Running::kill), LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS));
        clock.scheduleAtFixedRate(() -> tell(started, watch), betweenProgress.toMillis(), betweenProgress.toMillis(), TimeUnit.MILLISECONDS);
        try (watch) {
            Command.Running running = new Command("run " + request.name() + " on " + simulator, "/bin/sh")
                    .args("-c", MESSAGES_APART, "marshal", request.simulatorLog())
                    .args(words)
                    .copyTo(watch)
                    .limit(request.limit())
                    .start();
            machine.complete(running);
            outcome = awaited(running);
        } finally {
            clock.shutdownNow();
        }
        return result(watch, outcome, layer, Duration.ofNanos(System.nanoTime() - started));
    }

    /** Runs the simulator on the user's terminal. @param quitKey the key that ends the simulator, as stty names it; null if it reads its own */
    MachineResult launch(List<String> words, DiskLayer layer, String quitKey) throws IOException {
        Files.createDirectories(request.workFolder());
        log.debug(String.join(" ", words));
        long started = System.nanoTime();
        ConsoleWatch watch = new ConsoleWatch(request.script(), openUartlog(), Long.MAX_VALUE, () -> { });
        Command.Outcome outcome = null;
        try (watch) {
            // not System.out: Maven may have put something of its own there, and a terminal needs every byte at once
            OutputStream terminal = new Both(new FileOutputStream(FileDescriptor.out), watch);
            outcome = new Command.Outcome(new TerminalProcess(request.name(), words, quitKey).run(terminal), List.of(), Duration.ZERO);
        } catch (InterruptedIOException e) {
            log.debug(e.getMessage());
        }
        return result(watch, outcome, layer, Duration.ofNanos(System.nanoTime() - started));
    }

    /** Null if this thread was interrupted. */
    private Command.Outcome awaited(Command.Running running) throws IOException {
        try {
            return running.await();
        } catch (InterruptedIOException e) {
            log.debug(e.getMessage());
            return null;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private OutputStream openUartlog() throws IOException {
        try {
            Files.createDirectories(request.uartlog().getParent());
            return Files.newOutputStream(request.uartlog());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private ProblemException unwritable(IOException e) {
        return new ProblemException("could not keep the console of '" + request.name() + "' (" + e + ")", request.uartlog(),
                "Make room on the disk, or make the folder writable", e);
    }

    private void tell(long started, ConsoleWatch watch) {
        String last = watch.lastLine();
        log.info(request.name() + ": " + Duration.ofNanos(System.nanoTime() - started).toSeconds() + " s"
                + (last.isEmpty() ? ", nothing printed yet" : ": " + (last.length() > 100 ? last.substring(0, 100) + "…" : last)));
    }

    private MachineResult result(ConsoleWatch watch, Command.Outcome outcome, DiskLayer layer, Duration elapsed) throws IOException {
        List<String> messages = messages();
        Ending ending;
        if (outcome == null) {
            ending = Ending.INTERRUPTED;
        } else if (watch.fatal() != null) {
            ending = Ending.PANIC;
        } else if (watch.flooded()) {
            ending = Ending.FLOODED;
        } else if (outcome.timedOut()) {
            ending = Ending.TIMED_OUT;
        } else if (outcome.exit() != 0 || messages.stream().anyMatch(line -> line.contains(ENDED_BY_SIGNAL))) {
            ending = Ending.DIED;
        } else {
            ending = Ending.POWERED_OFF;
        }
        return new MachineResult(request, simulator, ending, watch.began(), watch.status(), outcome == null ? -1 : outcome.exit(), watch.fatal(), watch.tail(), messages, layer,
                elapsed);
    }

    private List<String> messages() throws IOException {
        Path file = request.simulatorLog();
        if (!Files.exists(file)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
            if (!line.isBlank()) {
                lines.add(ConsoleText.shown(ConsoleText.plain(line)));
            }
        }
        return lines.subList(Math.max(0, lines.size() - ConsoleWatch.TAIL_LINES), lines.size());
    }

    /** Writes to two streams, the file first. */
    private static final class Both extends OutputStream {

        private final OutputStream terminal;
        private final OutputStream second;

        Both(OutputStream terminal, OutputStream second) {
            this.terminal = terminal;
            this.second = second;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            second.write(buffer, offset, length);
            terminal.write(buffer, offset, length);
        }
    }
}
