// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** What tests need to know of processes. */
final class Processes {

    private Processes() {}

    /** Living processes that have this among their arguments. */
    static Stream<ProcessHandle> withArgument(String argument) {
        return ProcessHandle.allProcesses().filter(process -> {
            try {
                return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline")).contains(argument);
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Waits until something is so; fails after 20 s. */
    static void waitFor(Callable<Boolean> condition) {
        try {
            for (int i = 0; i < 1000; i++) {
                if (condition.call()) {
                    return;
                }
                Thread.sleep(20);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("it did not happen within 20 s");
    }
}
