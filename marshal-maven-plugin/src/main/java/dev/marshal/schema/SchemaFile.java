// SPDX-License-Identifier: Apache-2.0
package dev.marshal.schema;

import dev.marshal.distro.Distributions;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The schema as a file beside what is built, where specifications refer to it: it needs no network, and fits the plugin and its distributions. */
public final class SchemaFile {

    private SchemaFile() {}

    /** Writes it, unless it is there as it should be. */
    public static void write(Path file) throws IOException {
        String text = new SpecificationSchema(Distributions.all()).text();
        if (!Files.isRegularFile(file) || !Files.readString(file).equals(text)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            WholeOutput.file(file, temporary -> Files.writeString(temporary, text));
        }
    }
}
