// SPDX-License-Identifier: Apache-2.0
package dev.marshal.schema;

import dev.marshal.distro.Distribution;
import dev.marshal.distro.Distributions;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The schema as a file beside what is built, where specifications refer to it: it needs no network, and fits the plugin and its distributions. */
public final class SchemaFile {

    private static final String PUBLISHED = "workload.schema.json";

    private SchemaFile() {}

    /** Writes it, unless it is there as it should be. */
    public static void write(Path file) throws IOException {
        byte[] schema = schema();
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), schema)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            WholeOutput.file(file, temporary -> Files.write(temporary, schema));
        }
    }

    /** The one in the jar, unless there are distributions that it does not know: making it anew takes longer than all else in a build that has nothing to do. */
    private static byte[] schema() throws IOException {
        List<Distribution> distributions = Distributions.all();
        if (!distributions.stream().allMatch(Distributions::builtIn)) {
            return new SpecificationSchema(distributions).text().getBytes(StandardCharsets.UTF_8);
        }
        try (InputStream in = SchemaFile.class.getResourceAsStream(PUBLISHED)) {
            return in.readAllBytes();
        }
    }
}
