// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.problem.Problem;
import dev.marshal.workload.Specification;
import dev.marshal.workload.SpecificationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of FireMarshal workloads, and the project that an import makes of one of them. */
final class Imported {

    private static final String SCHEMA = "# yaml-language-server: $schema=../../../target/marshal/workload.schema.json";

    private final Path folder;
    private ImportReport report;

    /** @param folder a folder of the test's own */
    Imported(Path folder) {
        this.folder = folder;
    }

    /** A file of the user's. @param path relative to the folder of the specifications */
    Path original(String path) {
        return folder.resolve("workloads").resolve(path).normalize();
    }

    /** A file of the new project. */
    Path file(String path) {
        return folder.resolve("project").resolve(path);
    }

    /** Writes a file of the user's. */
    Imported with(String path, String text) throws IOException {
        Files.createDirectories(original(path).getParent());
        Files.writeString(original(path), text);
        return this;
    }

    /** Imports a specification. */
    Imported of(String path) throws IOException {
        return of(path, null);
    }

    /** Imports a specification. @param bases what the user names */
    Imported of(String path, String bases) throws IOException {
        report = new WorkloadImport(new KnownBases("1.2.3", bases), List.of(original("more")), "org.example", "1.2.3").run(original(path), folder.resolve("project"));
        return this;
    }

    /** Imports this specification, {@code w.yaml}, alone. @return its new text */
    String text(String yaml) throws IOException {
        return with("w.yaml", yaml).of("w.yaml").specification("");
    }

    /** The new specification of a module, without the first line, which leads to the schema. @param module its folder; empty for a project that stands alone */
    String specification(String module) throws IOException {
        String text = Files.readString(file(module).resolve("src/main/workload/workload.yaml"));
        read(text);
        assertThat(text).matches("(?s)\\Q" + SCHEMA + "\\E\r?\n.*");
        return text.substring(text.indexOf('\n') + 1);
    }

    /** Reads a specification as the plugin does; an error fails the test. */
    static Specification read(String text) {
        return SpecificationReader.read("workload.yaml", text, warning -> {});
    }

    ImportReport report() {
        return report;
    }

    /** The test fails unless nothing was left for the user to do. */
    Imported allMapped() {
        assertThat(report.unmapped()).isEmpty();
        return this;
    }

    /** The only thing that is left for the user to do. */
    Problem unmapped() {
        assertThat(report.unmapped()).hasSize(1);
        Problem problem = report.unmapped().get(0);
        assertThat(problem.what()).isNotBlank().doesNotEndWith(".");
        assertThat(problem.remedy()).matches("(?s)\\p{Lu}.*");
        return problem;
    }

    /** The lines of all places that are left for the user to look at. */
    List<String> places() {
        return report.unmapped().stream().map(problem -> problem.where().substring(problem.where().lastIndexOf('/') + 1)).toList();
    }
}
