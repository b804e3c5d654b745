// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.marshal.fixture.FilesDistribution;
import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.Inputs;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Sourced;
import dev.marshal.workload.SpecificationCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionOptionsTest {

    @TempDir
    Path folder;

    private Layer layer(String name, String options) {
        return Workloads.layer(name, folder.resolve(name), "distro:\n  name: files\n  opts: " + options + "\n");
    }

    private static Chain options(Layer... layers) {
        return Distributions.options(new Chain(List.of(layers)));
    }

    private Inputs identify(Layer... layers) throws IOException {
        WorkloadProject project = Workloads.project(folder.resolve("build"), new RecordedLog(), null, layers);
        RootRequest request = new RootRequest(project, options(layers), 0);
        return RootInputs.describe(Distributions.of(project.chain()), request, new Inputs(new FileDigests(folder.resolve("digests"))));
    }

    private Path write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void eachKindIsReadAndInheritedInItsOwnWay() {
        Chain options = options(layer("base", "{text: a, count: 3, words: [x], configs: one, environment: {A: 1, B: 2}}"), Workloads.layer("middle", folder, "cpus: 1"),
                layer("own", "{text: b, flag: true, words: y z, environment: {A: null, C: 3}}"));
        assertThat(options.value(FilesDistribution.TEXT)).contains("b");
        assertThat(options.value(FilesDistribution.COUNT)).contains(3);
        assertThat(options.value(FilesDistribution.FLAG)).contains(true);
        assertThat(options.appended(FilesDistribution.WORDS)).containsExactly("x", "y", "z");
        assertThat(options.value(FilesDistribution.SOURCE)).isEmpty();
        Sourced<Integer> count = options.get(FilesDistribution.COUNT).orElseThrow();
        assertThat(count.where()).hasToString("spec.yaml:3:26");
        assertThat(count.layer().label()).isEqualTo("org.example:base:1");
        assertThat(options.all(FilesDistribution.CONFIGS).get(0).layer().resolve("one")).isEqualTo(folder.resolve("base/one"));
        assertThat(options.all(DistroEnvironment.OPTION)).extracting(Sourced::value).containsExactly(Map.of("A", Optional.of("1"), "B", Optional.of("2")), Map.of("A", Optional.empty(), "C", Optional.of("3")));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithItsPlace() {
        Layer base = layer("base", "{txt: a, count: many, flag: perhaps}");
        Layer own = layer("own", "\n    words: {a: b}\n    configs: [[x]]\n    source: 'https://example.org/x'\n    environment: [A]\n    nonsense: 1");
        assertThat(Problems.allOf(() -> options(base, own))).containsExactly(
                new Problem("unknown option 'txt' of the distribution 'files'", "spec.yaml:3:10", "Did you mean 'text'?"),
                new Problem("distro.opts.count: the text 'many' stands where a number, 1 or more is expected", "spec.yaml:3:25", "Write a number, 1 or more"),
                new Problem("distro.opts.flag: 'perhaps' is neither true nor false", "spec.yaml:3:37", "Write true or false"),
                new Problem("distro.opts.words: a map stands where a list of texts is expected", "spec.yaml:4:12", "Write a list of texts"),
                new Problem("distro.opts.configs: a list stands where a text is expected", "spec.yaml:5:15", "Write the path of a file, or a list of paths"),
                new Problem("distro.opts.source: it must end in '#sha256=' and the digest of the archive (64 digits), so that it stays the same for ever", "spec.yaml:6:13",
                        "Write " + FilesDistribution.SOURCE.type().expected()),
                new Problem("distro.opts.environment: a list stands where a map of names and texts is expected", "spec.yaml:7:18", "Write a map of names and texts"),
                new Problem("unknown option 'nonsense' of the distribution 'files'", "spec.yaml:8:5", "Known options: text, count, flag, words, configs, source, environment"));
        assertThat(Problems.of(() -> options(Workloads.layer("x", folder, "distro: {name: bare, opts: {size: 1}}"))))
                .isEqualTo(new Problem("unknown option 'size' of the distribution 'bare'", "spec.yaml:1:29", "Remove it: that distribution has no options"));
        assertThat(Problems.of(() -> options(Workloads.layer("x", folder, "distro: {name: files, opts: [a]}"))))
                .isEqualTo(new Problem("distro: a list stands where a map of options is expected", "spec.yaml:1:29", "Write the name of a distribution, or a map with 'name' and 'opts'"));
    }

    @Test
    void aMissingFile() {
        Layer own = layer("own", "{configs: [none]}");
        assertThat(Problems.of(() -> SpecificationCheck.files(List.of(own, Distributions.options(own).orElseThrow())))).isEqualTo(new Problem("distro.opts.configs: there is no file 'none' (looked at "
                + folder.resolve("own/none") + ")", "spec.yaml:3:20", "Create it, or correct the path; paths are relative to " + folder.resolve("own")));
    }

    @Test
    void anAliasMeansTheSame() {
        assertThat(Distributions.of(new Chain(List.of(Workloads.layer("base", folder, "distro: some-files"), layer("own", "{}")))).name()).isEqualTo("files");
    }

    @Test
    void theRootIsItsOptionsWhereverTheyStand() throws IOException {
        write("base/one", "1");
        write("a/x/two", "2");
        write("b/two", "2");
        Layer base = layer("base", "{text: a, configs: one}");
        Inputs inputs = identify(base, layer("a", "{configs: x/two, environment: {P: '$HOST_VARIABLE ${A_PATH} $NONE'}}"));
        assertThat(inputs.entries()).containsOnlyKeys("distribution", "option distro.opts.text", "option distro.opts.configs, 1, file 1, one", "option distro.opts.configs, 2, file 1, two",
                "option distro.opts.environment, 1", "variable HOST_VARIABLE of the host");
        String one = identify(base, layer("a", "{configs: x/two}")).fingerprint();
        assertThat(identify(base, layer("b", "{configs: two}")).fingerprint()).isEqualTo(one);
        write("b/two", "3");
        assertThat(identify(base, layer("b", "{configs: two}")).fingerprint()).isNotEqualTo(one);
        assertThat(identify(base, layer("a", "{text: a}")).fingerprint()).isEqualTo(identify(base).fingerprint());
        assertThat(identify(base, layer("a", "{text: b}")).fingerprint()).isNotEqualTo(identify(base).fingerprint());
    }

    @Test
    void aSourceIsWhatItWasFoundToBeWhenItWasPublished() throws IOException {
        Layer here = layer("base", "{source: 'git+https://example.org/x.git#" + "a".repeat(40) + "'}");
        assertThat(identify(here).entries()).contains(entry("option distro.opts.source", "git:" + "a".repeat(40)));
        Layer published = new Layer(here.name(), here.coordinates(), here.specification(), here.workdir(), Map.of("distro.opts.source", "known"));
        assertThat(identify(published).entries()).contains(entry("option distro.opts.source", "known"));
    }

    @Test
    void theEnvironmentKnowsTheHostAndTheWorkdirs() {
        Chain options = options(layer("my-base", "{environment: {A: '$HOST_VARIABLE/${MY_BASE_PATH}/x', B: b, C: '$5 \\\\ $'}}"), layer("own", "{environment: {B: null, D: '${MY_BASE_PATH}$OWN_PATH$UNKNOWN'}}"));
        DistroEnvironment environment = new DistroEnvironment(options, Map.of("HOST_VARIABLE", "/h"));
        assertThat(environment.variables()).containsExactly(entry("MY_BASE_PATH", folder + "/my-base"), entry("A", "/h/" + folder + "/my-base/x"), entry("C", "$5 \\\\ $"),
                entry("OWN_PATH", folder + "/own"), entry("D", "${MY_BASE_PATH}" + folder + "/own$UNKNOWN"));
    }
}
