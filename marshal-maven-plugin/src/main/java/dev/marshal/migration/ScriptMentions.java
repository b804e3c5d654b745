// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import dev.marshal.problem.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what scripts and makefiles of the host mention outside the workdir that they run in, written as {@code ../…}. What they put together from variables is not seen. */
final class ScriptMentions {

    private static final Pattern PATH = Pattern.compile("(?<![\\w./}$)-])((?:\\.\\./)+[\\w.+/-]*[\\w+-])");
    /** Nobody writes a longer script. */
    private static final long LONGEST = 1 << 20;

    private ScriptMentions() {}

    /** @param path a file or folder that is there @param where the first line that mentions it */
    record Mention(Path path, Location where) {}

    /** @param script the file @param workdir the folder that it runs in */
    static List<Mention> in(Path script, Path workdir) throws IOException {
        List<Mention> mentions = new ArrayList<>();
        if (!Files.isRegularFile(script) || Files.size(script) > LONGEST) {
            return mentions;
        }
        List<String> lines = Files.readAllLines(script, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = PATH.matcher(lines.get(i).strip().startsWith("#") ? "" : lines.get(i));
            while (matcher.find()) {
                Path path = workdir.resolve(matcher.group(1)).normalize();
                if (!path.startsWith(workdir) && Files.exists(path) && mentions.stream().noneMatch(known -> path.startsWith(known.path()))) {
                    mentions.add(new Mention(path, new Location(script.toString(), i + 1, matcher.start(1) + 1)));
                }
            }
        }
        return mentions;
    }
}
