// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.problem.ProblemException;
import dev.marshal.source.SourceTree;
import dev.marshal.tool.Log;
import dev.marshal.tool.ToolFailure;
import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a source of a few lines that is built as BusyBox is; the real one is compiled by the integration tests. */
class BusyboxBuildTest {

    private static final String MAKEFILE = """
            mrproper:
            	rm -f .config busybox
            defconfig:
            	cp $(KBUILD_DEFCONFIG) .config
            	sed -i /CONFIG_UNKNOWN/d .config
            busybox: main.c
            	$(CROSS_COMPILE)gcc $(EXTRA_CFLAGS) -g -static -DTIME=$(SOURCE_DATE_EPOCH) -o $@ $(CURDIR)/main.c
            busybox.links:
            	printf '/bin/ls\\n/sbin/init\\n' > $@
            """;

    @TempDir
    Path temp;
    private final List<String> infos = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Path source;
    private Path config;

    @BeforeEach
    void makeSource() throws Exception {
        source = Files.createDirectories(temp.resolve("source"));
        Files.writeString(Files.createDirectories(source.resolve("include")).resolve("applets.src.h"), "");
        Files.writeString(source.resolve("Makefile"), MAKEFILE);
        Files.writeString(source.resolve("main.c"), "int main(void) { return TIME + sizeof __FILE__; }\n");
        config = Files.writeString(temp.resolve("busybox.config"), "# comment\nCONFIG_STATIC=y\n# CONFIG_TC is not set\n");
    }

    @Test
    void compilesOnceForASourceConfigurationAndCompiler() throws Exception {
        BusyboxBuild.Result result = build("cache", "1");

        assertThat(result.program()).isExecutable();
        assertThat(result.applets()).containsExactly("/bin/ls", "/sbin/init");
        assertThat(infos).isNotEmpty().last().asString().startsWith("compiling BusyBox: done");
        int told = infos.size();
        assertThat(Files.list(result.program().getParent()).map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("busybox", "busybox.links");

        assertThat(build("cache", "1")).isEqualTo(result);
        assertThat(infos).hasSize(told);
        assertThat(build("cache", "2").program()).isNotEqualTo(result.program());
        Files.writeString(config, "CONFIG_STATIC=y\n");
        assertThat(build("cache", "1").program()).isNotEqualTo(result.program());
    }

    @Test
    void whatSomebodyElseCompiledIsTakenAndTheSourceIsNotFetched() throws Exception {
        Path folder = build("cache", "1").program().getParent();
        BusyboxBuild.Result taken = builder("other").build("1", () -> {
            throw new AssertionError("the source is fetched");
        }, config, temp.resolve("busybox.log"), (identity, into) -> {
            assertThat(identity).isEqualTo(builder("other").identity("1", config));
            Files.copy(folder.resolve("busybox"), into.resolve("busybox"));
            Files.copy(folder.resolve("busybox.links"), into.resolve("busybox.links"));
            return true;
        });
        assertThat(taken.program()).startsWith(temp.resolve("other/busybox")).hasSameBinaryContentAs(folder.resolve("busybox"));
        assertThat(taken.applets()).containsExactly("/bin/ls", "/sbin/init");
    }

    @Test
    void sameInputsGiveSameBytesInAnotherFolder() throws Exception {
        assertThat(Files.mismatch(build("cache", "1").program(), build("another/cache/that/lies/deeper", "1").program())).isEqualTo(-1);
    }

    @Test
    void sourceIsOnlyRead() throws Exception {
        Files.writeString(source.resolve(".config"), "of somebody who compiled in the source");
        Map<String, FileTime> before = times();
        build("cache", "1");

        assertThat(times()).isEqualTo(before);
    }

    @Test
    void failingCompileNamesItsLogAndLeavesNothing() throws Exception {
        Files.writeString(source.resolve("main.c"), "int main(void) { return nonsense; }\n");

        assertThatThrownBy(() -> build("cache", "1")).isInstanceOf(ToolFailure.class).hasMessageContaining("could not compile BusyBox").hasMessageContaining("nonsense")
                .hasMessageContaining("all of the output is in " + temp.resolve("busybox.log"));
        assertThat(temp.resolve("cache/busybox")).isEmptyDirectory();
    }

    @Test
    void whatIsNoBusyboxIsRefused() throws Exception {
        Files.delete(source.resolve("include/applets.src.h"));
        assertThatThrownBy(() -> build("cache", "1")).isInstanceOf(ProblemException.class).hasMessageContaining("here: this is not a source of BusyBox");
        Files.delete(config);
        assertThatThrownBy(() -> build("cache", "1")).isInstanceOf(ProblemException.class).hasMessageContaining("there is no BusyBox configuration " + config);
    }

    @Test
    void configurationThatIsNotStaticIsRefused() throws Exception {
        Files.writeString(config, "CONFIG_TC=y\n");
        assertThatThrownBy(() -> build("cache", "1")).isInstanceOf(ProblemException.class).hasMessageContaining("would not be linked statically").hasMessageContaining("CONFIG_STATIC=y");
    }

    @Test
    void optionThatDidNotTakeIsWarnedOf() throws Exception {
        Files.writeString(config, "CONFIG_STATIC=y\nCONFIG_UNKNOWN=y\n# CONFIG_UNKNOWN_TOO is not set\n");
        build("cache", "1");

        assertThat(warnings).containsExactly(config + ": BusyBox did not take CONFIG_UNKNOWN=y: unknown in this version, or something that it depends on is off");
    }

    @Test
    void twoBuildsAtATimeCompileOnce() throws Exception {
        var threads = Executors.newFixedThreadPool(2);
        try {
            Callable<BusyboxBuild.Result> build = () -> build("cache", "1");
            var results = threads.invokeAll(List.of(build, build));
            assertThat(results.get(0).get()).isEqualTo(results.get(1).get());
        } finally {
            threads.shutdown();
        }
        synchronized (infos) {
            assertThat(infos.stream().filter(line -> line.startsWith("compiling BusyBox: done"))).hasSize(1);
        }
    }

    private BusyboxBuild.Result build(String cache, String identity) throws IOException {
        return builder(cache).build(new SourceTree(source, identity, false, "here"), config, temp.resolve("busybox.log"));
    }

    private BusyboxBuild builder(String cache) {
        Toolbox tools = new Toolbox(System.getenv("PATH"), (program, ask) -> ask.get());
        Log log = new Log() {
            @Override
            public void info(String message) {
                synchronized (infos) {
                    infos.add(message);
                }
            }

            @Override
            public void warn(String message) {
                warnings.add(message);
            }

            @Override
            public void debug(String message) {
                assertThat(message).isNotEmpty();
            }
        };
        return new BusyboxBuild(temp.resolve(cache), tools, tools.crossPrefix(null), 2, log);
    }

    private Map<String, FileTime> times() throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        try (var paths = Files.walk(source)) {
            for (Path path : paths.toList()) {
                times.put(path.toString(), (FileTime) Files.getAttribute(path, "unix:ctime"));
            }
        }
        return times;
    }
}
