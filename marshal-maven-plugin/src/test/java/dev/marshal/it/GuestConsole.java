// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.machine.KernelMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a guest printed in the last run of a workload.
 *
 * @param file  the console
 * @param lines all of it, without carriage returns; a line that a message of the kernel cut in two is whole, and stands after the message
 */
public record GuestConsole(Path file, List<String> lines) {

    /** Reads it. @param build the workload's project @param name the workload's name */
    public static GuestConsole of(Build build, String name) throws IOException {
        Path file = build.file("target/marshal/run/" + name + "/uartlog");
        List<String> lines = new ArrayList<>();
        KernelMessages messages = new KernelMessages();
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\r", "").lines().map(messages::next).forEach(part -> {
            part.message().ifPresent(lines::add);
            part.printed().ifPresent(lines::add);
        });
        messages.rest().ifPresent(lines::add);
        return new GuestConsole(file, List.copyOf(lines));
    }

    /** The lines that the run script or command printed; what the kernel said meanwhile is not among them. */
    public List<String> ofScript() {
        int begin = lines.indexOf("marshal: run begins");
        assertThat(begin).as("line in which the script begins, in %s", file).isNotNegative();
        int end = lines.size();
        for (int i = begin + 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("marshal: run ended")) {
                end = i;
                break;
            }
        }
        return lines.subList(begin + 1, end).stream().filter(line -> !KernelMessages.isMessage(line)).toList();
    }

    /** The test fails unless the script printed these lines, among others. */
    public GuestConsole says(String... wanted) {
        assertThat(ofScript()).as("what the script printed, in %s", file).contains(wanted);
        return this;
    }

    /** The rest of the one line of the script that begins with a key and a colon. */
    public String value(String key) {
        List<String> found = ofScript().stream().filter(line -> line.startsWith(key + ": ")).toList();
        assertThat(found).as("lines '%s: …' of the script, in %s", key, file).hasSize(1);
        return found.get(0).substring(key.length() + 2);
    }
}
