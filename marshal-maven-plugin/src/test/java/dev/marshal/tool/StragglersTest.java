// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StragglersTest {

    @TempDir
    Path folder;

    /** A program that ends after a moment, and deletes the mark last. */
    private Command.Running running(Path in, Path argument) throws Exception {
        Path mark = folder.resolve("mark");
        Command.Running running = new Command("straggle", "sh").args("-c", "touch \"$0\"; sleep 0.6; rm \"$0\"", mark, argument).in(in).limit(Duration.ofSeconds(60)).start();
        while (!Files.exists(mark)) {
            Thread.sleep(5);
        }
        return running;
    }

    @Test
    void whoWorksInAFolderOrNamesItIsWaitedFor() throws Exception {
        Path held = Files.createDirectories(folder.resolve("held/below"));
        Command.Running working = running(held, folder.resolve("x"));
        Stragglers.await(held.getParent());
        assertThat(folder.resolve("mark")).doesNotExist();
        working.await();
        Command.Running naming = running(folder, held.resolve("vmlinux.o"));
        Stragglers.await(held.getParent());
        assertThat(folder.resolve("mark")).doesNotExist();
        naming.await();
    }

    @Test
    void othersAreNot() throws Exception {
        Path held = Files.createDirectories(folder.resolve("held"));
        Command.Running other = running(folder, folder.resolve("other"));
        Stragglers.await(held);
        assertThat(folder.resolve("mark")).exists();
        other.await();
    }
}
