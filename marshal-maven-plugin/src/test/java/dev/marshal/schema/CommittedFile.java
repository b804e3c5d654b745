// SPDX-License-Identifier: Apache-2.0
package dev.marshal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the repository that follows from the code. {@code scripts/generate} writes it again. */
final class CommittedFile {

    private CommittedFile() {}

    /** The test fails unless the file is as it should be; with {@code -Dmarshal.generate} it is written. */
    static void isCurrent(Path file, String text) throws IOException {
        if (Boolean.getBoolean("marshal.generate")) {
            Files.writeString(file, text);
        }
        assertThat(file).as("what follows from the code; run scripts/generate to write it again, and commit it").isRegularFile().hasContent(text);
    }
}
