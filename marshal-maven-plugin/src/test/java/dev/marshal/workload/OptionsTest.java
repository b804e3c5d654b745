// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void everyOptionIsDescribedAndFoundByItsName() {
        assertThat(Options.all()).hasSizeGreaterThan(35).allSatisfy(option -> {
            assertThat(option.description()).endsWith(".");
            assertThat(option.type().expected()).isNotBlank();
            assertThat(Options.named(option.name())).contains(option);
        });
    }

    @Test
    void groupsAreNoOptions() {
        assertThat(Options.isGroup("linux")).isTrue();
        assertThat(Options.isGroup("lin")).isFalse();
        assertThat(Options.named("linux")).isEmpty();
        assertThat(Options.namesIn("")).contains("linux", "firmware", "name").doesNotHaveDuplicates();
    }

    @Test
    void optionsAreTheirNames() {
        Option<String> other = new Option<>("name", OptionTypes.TEXT, Inheritance.REPLACED, "Another.");
        assertThat(other).isEqualTo(Options.NAME).hasSameHashCodeAs(Options.NAME).isNotEqualTo(Options.BASE).hasToString("name");
    }

    /** What a published workload says of itself is read back as what was meant. */
    @ParameterizedTest
    @ValueSource(strings = {
        "mem: 512KiB", "mem: 512MiB", "mem: 953MiB", "mem: 16GiB", "mem: 2048", "rootfs-size: 512M", "rootfs-size: 0", "cpus: 4", "launch: false", "qemu: null", "spike: /opt/spike",
        "qemu-args: -device 'a b' \"c'd\"", "outputs: [/root/a, '/x y']", "post_run_hook: ./hook.sh 'a b' \"it's\"", "linux: {modules: {b: ./b, a: null}}", "linux: {config: [a, b]}",
        "linux: {source: 'debian:linux-source-6.1=6.1.1-1'}", "linux: {source: 'linux.tar.xz'}", "distro: {name: busybox, opts: {b: [1, x], a: {c: d}}}", "name: '007'", "command: \"echo 'x'\"",
        "files: [[a b, /root/]]", "firmware: {use-bbl: true, bbl-build-args: --a}", "run: [x]"})
    void whatIsWrittenIsReadAgain(String yaml) throws IOException {
        Specification before = SpecificationReader.read("w.yaml", yaml, warning -> {});
        Map<String, Object> written = new LinkedHashMap<>();
        for (Option<?> option : before.options()) {
            written.put(option.name(), write(before, option));
        }
        Specification after = SpecificationReader.read("w.json", new ObjectMapper().writeValueAsString(written), warning -> {});
        assertThat(after.options()).isEqualTo(before.options());
        for (Option<?> option : before.options()) {
            assertThat(after.value(option)).isEqualTo(before.value(option));
        }
    }

    private static <T> Object write(Specification specification, Option<T> option) throws IOException {
        return option.type().write(specification.value(option).orElseThrow(), path -> path);
    }

    @Test
    void pathsAreKnownAndCanBeMapped() throws IOException {
        Specification specification = SpecificationReader.read("w.yaml", """
                linux: {source: linux.tar.xz, config: [a, b], modules: {m: ./m, n: null}}
                firmware: {bbl-src: ./pk, opensbi-src: 'debian:opensbi'}
                run: ./run.sh ./no/path
                files: [[x, /x]]
                overlay: ./overlay
                outputs: [/y]
                """, warning -> {});
        assertThat(specification.options().stream().flatMap(option -> paths(specification, option).stream()).map(OptionType.NamedPath::path))
                .containsExactly("linux.tar.xz", "a", "b", "./m", "./pk", "./run.sh", "x", "./overlay");
        OptionType.PathMapper upper = path -> "new/" + path;
        assertThat(Options.RUN.type().write(new Script("s", List.of("a")), upper)).isEqualTo(List.of("new/s", "a"));
        assertThat(Options.LINUX_SOURCE.type().write(specification.value(Options.LINUX_SOURCE).orElseThrow(), upper)).isEqualTo("new/linux.tar.xz");
        assertThat(Options.BBL_SOURCE.type().write(specification.value(Options.BBL_SOURCE).orElseThrow(), upper)).isEqualTo("./pk");
        assertThat(Options.FILES.type().write(specification.value(Options.FILES).orElseThrow(), upper)).isEqualTo(List.of(List.of("new/x", "/x")));
    }

    private static <T> List<OptionType.NamedPath> paths(Specification specification, Option<T> option) {
        return option.type().paths(specification.value(option).orElseThrow());
    }
}
