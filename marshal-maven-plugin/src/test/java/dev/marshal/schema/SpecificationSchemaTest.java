// SPDX-License-Identifier: Apache-2.0
package dev.marshal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.marshal.distro.Distributions;
import dev.marshal.fixture.FilesDistribution;
import dev.marshal.problem.ProblemException;
import dev.marshal.workload.Options;
import dev.marshal.workload.SpecificationReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What editors are told is what the reader takes. */
class SpecificationSchemaTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final String SCHEMA = new SpecificationSchema(Distributions.all()).text();
    private static final JsonSchema VALIDATOR = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(SCHEMA);

    private static List<String> faults(String yaml) throws IOException {
        return VALIDATOR.validate(new YAMLMapper().readTree(yaml)).stream().map(ValidationMessage::getMessage).toList();
    }

    @Test
    void theOneInTheJarIsCurrent() throws IOException {
        String published = new SpecificationSchema(Distributions.all().stream().filter(distribution -> !(distribution instanceof FilesDistribution)).toList()).text();
        CommittedFile.isCurrent(Path.of("src/main/resources/dev/marshal/schema/workload.schema.json"), published);
    }

    @Test
    void itIsASchemaItself() throws IOException {
        try (InputStream in = JsonSchemaFactory.class.getResourceAsStream("/draft-07/schema")) {
            JsonSchema draft = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(in);
            assertThat(draft.validate(new ObjectMapper().readTree(SCHEMA))).isEmpty();
        }
    }

    static Stream<Path> specifications() throws IOException {
        try (Stream<Path> files = Stream.of("src/it", "boards", "marshal-archetype/src/main").flatMap(folder -> walk(REPOSITORY.resolve(folder)))) {
            // own-distribution has its distribution in a jar of its own, ten-mistakes is wrong on purpose
            return files.filter(file -> file.toString().matches(".*/src/main/workload/workload\\.(yaml|json)|.*/resources/archetype-resources/.*/workload\\.yaml|.*/board\\.yaml"))
                    .filter(file -> !file.toString().matches(".*/(target|own-distribution|ten-mistakes)/.*")).toList().stream();
        }
    }

    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("specifications")
    void realSpecificationsAreValid(Path file) throws IOException {
        assertThat(faults(Files.readString(file))).as("%s", file).isEmpty();
    }

    @Test
    void thereAreRealSpecifications() throws IOException {
        assertThat(specifications()).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "comand: ls", "linux: {confg: a}", "linux: a", "firmware: {use-bbl: maybe}", "cpus: 0", "cpus: many", "mem: lots", "rootfs-size: 4XB", "overlay: [a]", "overlay: null", "name: 'a/b'",
        "files: [a]", "files: [[a]]", "files: [[a, b]]", "files: [[a, /b, /c]]", "run: []", "run: ''", "jobs: {}", "jobs: [a]", "jobs: [{cpus: 1}]", "jobs: [{name: a, jobs: []}]",
        "jobs: [{name: a, comand: b}]", "jobs: [{name: a, board: b}]", "linux: {modules: {'a b': c}}", "linux: {modules: [a]}", "distro: nowhere", "distro: {opts: {}}", "distro: {name: files, opts: {txt: a}}",
        "distro: {name: some-files, opts: {count: a}}", "distro: {name: bare, opts: {text: a}}", "distro: {name: bare, options: {}}", "run: a\ncommand: b", "bin: a\nlinux: {config: b}",
        "jobs: [{name: a, img: b, overlay: c}]", "qemu: [a]", "linux: {source: [a]}"})
    void whatTheReaderRefusesIsRefused(String yaml) throws IOException {
        assertThat(faults(yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", "linux-src: a\nlinux-config: [b]", "name: 7", "command: true", "cpus: '2'", "mem: 1024", "mem: 1GiB", "mem: 1.5g", "rootfs-size: 0", "firmware: {use-bbl: 'true'}", "qemu: null",
        "run: a b c", "run: [a, b]", "files: [[a, /b]]", "linux: {modules: {a_b: c, d: null}}", "jobs: [{name: a, command: b}, {name: c, linux: {config: d}}]", "bin: a\nlinux: {}", "$schema: a",
        "distro: bare", "distro: {name: bare}", "distro: {name: files, opts: {text: 1, count: 2, words: [a, b], environment: {A: b, C: null}}}", "command: |\n  a\n  b\n"})
    void whatTheReaderTakesIsValid(String yaml) throws IOException {
        SpecificationReader.read("workload.yaml", yaml, warning -> {});
        assertThat(faults(yaml)).isEmpty();
    }

    /** The reader agrees with each of the texts that the schema refuses, as far as one option is concerned. */
    @ParameterizedTest
    @ValueSource(strings = {"comand: ls", "linux: a", "cpus: 0", "mem: lots", "files: [[a, b]]", "run: []", "jobs: [{cpus: 1}]", "linux: {modules: {'a b': c}}", "overlay: null"})
    void theReaderRefusesItToo(String yaml) {
        assertThat(catchThrowable(() -> SpecificationReader.read("workload.yaml", yaml, warning -> {}))).isInstanceOf(ProblemException.class);
    }

    @Test
    void everyOptionIsDescribedAndOlderSpellingsAreMarked() throws IOException {
        JsonNode definitions = new ObjectMapper().readTree(SCHEMA).get("definitions");
        assertThat(Options.all()).allSatisfy(option -> {
            String[] names = option.name().split("\\.");
            JsonNode schema = names.length == 1 ? definitions.path(names[0]) : definitions.path(names[0]).path("properties").path(names[1]);
            assertThat(schema.path("description").asText()).as(option.name()).startsWith(option.description());
        });
        assertThat(definitions.at("/linux-src/deprecated").asBoolean()).isTrue();
        assertThat(definitions.at("/job/properties").has("jobs")).isFalse();
        assertThat(definitions.at("/distro/anyOf/0/enum").toString()).contains("\"busybox\"", "\"some-files\"");
    }
}
