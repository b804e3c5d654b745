// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Says what was not tested, where nobody can overlook it: on the terminal, past the log files that scripts of integration tests print to. */
public final class NotRun {

    private NotRun() {}

    /**
     * @param test what was not tested
     * @param why  and what to do, so that it is
     * @return false, as the answer of a selector script
     */
    public static boolean say(String test, String why) {
        PrintStream terminal = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        terminal.println("[WARNING] NOT RUN: " + test + ": " + why);
        System.out.println("NOT RUN: " + test + ": " + why);
        return false;
    }
}
