// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.tool.Command;
import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which parts of a file may hold data: the others lie in holes, and need not be read. Reading a hole costs the host a page of memory for every page of zeros,
 * and most of an image is holes.
 */
final class DataParts {

    /** Of e2fsprogs, as the tools that make images are. */
    private static final String FILEFRAG = "filefrag";
    private static final int BLOCK = 512;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Pattern EXTENT = Pattern.compile(" *\\d+: +(\\d+)\\.\\. *(\\d+): .*");
    private static final Pattern END = Pattern.compile(".*: \\d+ extents? found");

    private DataParts() {}

    /**
     * Asks the file system.
     *
     * @param file  what is asked for
     * @param size  bytes of a part
     * @param tools the host's programs
     * @return the numbers of the parts; empty if nobody can tell, such as for a file in memory
     */
    static Optional<BitSet> of(Path file, int size, Toolbox tools) throws IOException {
        Optional<Path> program = tools.locate(FILEFRAG);
        if (program.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        // -s: what is not yet on the disk is written first, and so has a place there
        Command.Outcome outcome = new Command("ask where " + file + " has holes", program.get().toString()).args("-s", "-e", "-b" + BLOCK, file.toAbsolutePath())
                .cleanEnvironment().limit(LIMIT).onLine(line -> text.append(line).append('\n')).run();
        return outcome.exit() == 0 ? read(List.of(text.toString().split("\n")), size / BLOCK) : Optional.empty();
    }

    /** @param lines what filefrag prints @param blocks how many blocks a part has @return empty if it does not print what is understood */
    static Optional<BitSet> read(List<String> lines, int blocks) {
        BitSet parts = new BitSet();
        boolean inTable = false;
        for (String line : lines) {
            Matcher extent = EXTENT.matcher(line);
            if (inTable && extent.matches()) {
                parts.set((int) (Long.parseLong(extent.group(1)) / blocks), (int) (Long.parseLong(extent.group(2)) / blocks) + 1);
            } else if (inTable) {
                return END.matcher(line).matches() ? Optional.of(parts) : Optional.empty();
            }
            inTable |= line.startsWith(" ext: ") && line.contains("logical_offset:");
        }
        return Optional.empty();
    }
}
