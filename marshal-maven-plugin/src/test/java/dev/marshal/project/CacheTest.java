// SPDX-License-Identifier: Apache-2.0
package dev.marshal.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

    @Test
    void aCacheHasOneNameWhateverWayLeadsToIt(@TempDir Path folder) throws IOException {
        Path real = Files.createDirectories(folder.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        assertThat(new Cache(link).folder()).isEqualTo(real);
        assertThat(new Cache(link.resolve("not/there/yet"))).isEqualTo(new Cache(real.resolve("not/there/yet")));
        assertThat(new Cache(folder.resolve("real/../link")).lock("x")).isEqualTo(real.resolve("locks/x"));
    }
}
