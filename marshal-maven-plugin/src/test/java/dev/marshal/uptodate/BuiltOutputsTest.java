// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltOutputsTest {

    @TempDir
    Path folder;

    private final List<String> built = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private String fragment = "CONFIG_A=y";
    private boolean reusable = true;

    /** A kernel and its drivers, of one project. */
    private final class Kernel implements Step {
        private final Path target;

        Kernel(String project) {
            target = folder.resolve(project);
        }

        @Override
        public String name() {
            return "kernel";
        }

        @Override
        public Inputs inputs() {
            return new Inputs(new FileDigests(target.resolve("digests"))).value("fragment", fragment);
        }

        @Override
        public List<Path> outputs() {
            return List.of(target.resolve(target.getFileName() + "-Image"), target.resolve("drivers"));
        }

        @Override
        public boolean reusable() {
            return reusable;
        }

        @Override
        public void build() throws IOException {
            built.add(target.getFileName() + " " + fragment);
            WholeOutput.file(outputs().get(0), temporary -> Files.writeString(temporary, fragment));
            WholeOutput.folder(outputs().get(1), temporary -> {
                Path module = Files.createDirectories(temporary.resolve("lib/modules")).resolve("a.ko");
                Files.writeString(module, fragment);
                Files.setPosixFilePermissions(module, PosixFilePermissions.fromString("rwxr-x---"));
                Files.createSymbolicLink(temporary.resolve("lib/link"), Path.of("modules/a.ko"));
            });
        }
    }

    private void run(String project) throws IOException {
        Kernel kernel = new Kernel(project);
        new StepRunner(folder.resolve(project + "-records"), new FileDigests(folder.resolve(project + "-digests")),
                Optional.of(new BuiltOutputs(folder.resolve("cache"), step -> taken.add(project + " " + step.name())))).run(kernel, verdict -> {});
    }

    private String image(String project) throws IOException {
        return Files.readString(new Kernel(project).outputs().get(0));
    }

    @Test
    void anEditThatIsTakenBackIsNotBuiltAgain() throws IOException {
        run("one");
        fragment = "CONFIG_A=n";
        run("one");
        fragment = "CONFIG_A=y";
        run("one");
        assertThat(built).containsExactly("one CONFIG_A=y", "one CONFIG_A=n");
        assertThat(taken).containsExactly("one kernel");
        assertThat(image("one")).isEqualTo("CONFIG_A=y");
        run("one");
        assertThat(taken).hasSize(1);
    }

    @Test
    void anotherProjectTakesItWithModesAndLinks() throws IOException {
        run("one");
        run("two");
        assertThat(built).containsExactly("one CONFIG_A=y");
        assertThat(image("two")).isEqualTo("CONFIG_A=y");
        Path drivers = new Kernel("two").outputs().get(1);
        assertThat(Files.readSymbolicLink(drivers.resolve("lib/link"))).isEqualTo(Path.of("modules/a.ko"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(drivers.resolve("lib/modules/a.ko")))).isEqualTo("rwxr-x---");
    }

    @Test
    void whatBecomesOfACopyDoesNotReachTheNext() throws IOException {
        run("one");
        run("two");
        Files.writeString(new Kernel("two").outputs().get(0), "damaged");
        Files.delete(new Kernel("two").outputs().get(1).resolve("lib/modules/a.ko"));
        run("two");
        assertThat(image("two")).isEqualTo("CONFIG_A=y");
        assertThat(new Kernel("two").outputs().get(1).resolve("lib/modules/a.ko")).hasContent("CONFIG_A=y");
        assertThat(built).hasSize(1);
    }

    @Test
    void whatIsIncompleteInTheCacheIsBuilt() throws IOException {
        run("one");
        try (Stream<Path> entries = Files.list(folder.resolve("cache/built"))) {
            Files.delete(entries.findFirst().orElseThrow().resolve("0"));
        }
        run("two");
        assertThat(built).containsExactly("one CONFIG_A=y", "two CONFIG_A=y");
        run("three");
        assertThat(built).hasSize(2);
        assertThat(image("three")).isEqualTo("CONFIG_A=y");
    }

    @Test
    void aStepThatIsNotReusableIsBuiltEverywhere() throws IOException {
        reusable = false;
        run("one");
        run("two");
        assertThat(built).hasSize(2);
        assertThat(folder.resolve("cache/built")).doesNotExist();
    }
}
