// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.problem.Problem;
import dev.marshal.source.SourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecificationReaderTest {

    private final List<String> warnings = new ArrayList<>();

    private Specification read(String yaml) {
        return SpecificationReader.read("w.yaml", yaml, warnings::add);
    }

    private Problem problem(String yaml) {
        return Problems.of(() -> read(yaml));
    }

    @Test
    void everyOptionHasItsTypeAndItsPlace() {
        Specification specification = read("""
                name: hello
                base: busybox-base
                linux:
                  source: debian:linux-source
                  config: one.config
                  modules: {a: ./a, b: null}
                firmware:
                  use-bbl: true
                  opensbi-build-args: FW_X=1 "a b"
                host-init: ./build.sh one 'two three'
                files: [[a, /root/], [b, /etc/b]]
                command: echo hello; ls
                outputs: [/root/out]
                rootfs-size: 1.5GiB
                mem: 512
                cpus: 2
                qemu: null
                testing: {strip: true, runTimeout: 5}
                """);
        assertThat(specification.value(Options.NAME)).contains("hello");
        assertThat(specification.value(Options.LINUX_SOURCE)).contains(new SourceSpec.DebianPackage("linux-source", null));
        assertThat(specification.value(Options.LINUX_CONFIG)).contains(List.of("one.config"));
        assertThat(specification.value(Options.LINUX_MODULES).orElseThrow()).containsExactly(Map.entry("a", Optional.of("./a")), Map.entry("b", Optional.empty()));
        assertThat(specification.value(Options.USE_BBL)).contains(true);
        assertThat(specification.value(Options.OPENSBI_ARGS)).contains(List.of("FW_X=1", "a b"));
        assertThat(specification.value(Options.HOST_INIT)).contains(new Script("./build.sh", List.of("one", "two three")));
        assertThat(specification.value(Options.FILES)).contains(List.of(new CopiedFile("a", "/root/"), new CopiedFile("b", "/etc/b")));
        assertThat(specification.value(Options.COMMAND)).contains("echo hello; ls");
        assertThat(specification.value(Options.ROOTFS_SIZE)).contains(3L << 29);
        assertThat(specification.value(Options.MEM)).contains(512L << 20);
        assertThat(specification.value(Options.CPUS)).contains(2);
        assertThat(specification.value(Options.QEMU)).contains(Optional.empty());
        assertThat(specification.value(Options.STRIP)).contains(true);
        assertThat(specification.get(Options.RUN_TIMEOUT).orElseThrow().where()).hasToString("w.yaml:18:36");
        assertThat(specification.value(Options.SPIKE)).isEmpty();
        assertThat(specification.where()).hasToString("w.yaml");
        assertThat(specification.options()).startsWith(Options.NAME, Options.BASE, Options.LINUX_SOURCE).hasSize(17);
        assertThat(warnings).isEmpty();
    }

    @Test
    void namesWithDotsAreTheSameAsGroups() {
        assertThat(SpecificationReader.read("w.json", "{\"linux.config\": [\"a\"], \"linux\": {\"modules\": {}}}", warnings::add).options()).containsExactly(Options.LINUX_CONFIG, Options.LINUX_MODULES);
    }

    @Test
    void anEmptySpecificationSaysNothing() {
        assertThat(read("").options()).isEmpty();
        assertThat(read("linux: {}").options()).isEmpty();
    }

    @Test
    void somethingElseThanAMap() {
        assertThat(problem("- a\n- b\n")).isEqualTo(new Problem("a list stands where a specification is expected", "w.yaml:1:1", "Write options as 'name: value', one a line"));
        assertThat(problem("hello").what()).isEqualTo("the text 'hello' stands where a specification is expected");
    }

    @Test
    void anUnknownOptionNamesTheNearest() {
        assertThat(problem("name: x\noverlai: y\n")).isEqualTo(new Problem("unknown option 'overlai'", "w.yaml:2:1", "Did you mean 'overlay'?"));
        assertThat(problem("linux:\n  confg: a\n")).isEqualTo(new Problem("unknown option 'confg' in 'linux'", "w.yaml:2:3", "Did you mean 'config'?"));
        assertThat(problem("linux:\n  zzzzzzzzz: a\n").remedy()).isEqualTo("Known options: source, config, modules");
        assertThat(problem("zzzzzzzzzzz: 1\n").remedy()).startsWith("Known options: name, base, board, ").contains(", linux, ").endsWith("firesim");
    }

    @Test
    void eachJobIsASpecification() {
        List<Specification> jobs = read("jobs:\n  - name: a\n    command: ls\n    linux: {config: x}\n  - {name: b, base: other, cpus: 2}\n").value(Options.JOBS).orElseThrow();
        assertThat(jobs).extracting(job -> job.value(Options.NAME).orElseThrow()).containsExactly("a", "b");
        assertThat(jobs.get(0).value(Options.COMMAND)).contains("ls");
        assertThat(jobs.get(0).get(Options.LINUX_CONFIG).orElseThrow().where()).hasToString("w.yaml:4:21");
        assertThat(jobs.get(0).where()).hasToString("w.yaml:2:5");
        assertThat(jobs.get(1).value(Options.CPUS)).contains(2);
        assertThat(read("jobs: []\n").value(Options.JOBS).orElseThrow()).isEmpty();
    }

    @Test
    void allThatIsWrongWithJobsIsToldWithItsPlace() {
        assertThat(Problems.allOf(() -> read("jobs:\n  - name: a\n    comand: ls\n  - name: a\n  - cpus: none\n  - text\n  - {name: ../b, jobs: []}\n")))
                .extracting(problem -> problem.where() + " " + problem.what()).containsExactly(
                        "w.yaml:3:5 unknown option 'comand'",
                        "w.yaml:4:11 there are two jobs called 'a' (the other is at w.yaml:2:11)",
                        "w.yaml:5:11 cpus: the text 'none' stands where a number, 1 or more is expected",
                        "w.yaml:5:5 the job has no name",
                        "w.yaml:6:5 jobs: the text 'text' stands where a job is expected",
                        "w.yaml:7:12 name: '../b' cannot be a name: it becomes part of the names of files",
                        "w.yaml:7:24 a job cannot have 'jobs'");
        assertThat(problem("jobs: {a: b}\n").what()).isEqualTo("jobs: a map stands where a list of jobs, each a map of options with a 'name' is expected");
    }

    @Test
    void olderSpellingsInJobsAreWarnedOf() {
        List<String> warnings = new ArrayList<>();
        SpecificationReader.read("w.yaml", "jobs: [{name: a, linux-config: x}]\n", warnings::add);
        assertThat(warnings).singleElement().asString().contains("'linux-config' is the older spelling of 'linux.config'");
    }

    @Test
    void aGroupThatIsNoMap() {
        assertThat(problem("linux: ./linux\n")).isEqualTo(new Problem("the text './linux' stands where the options of 'linux' are expected", "w.yaml:1:8", "Write one or more of: source, config, modules"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "cpus: four       | cpus: the text 'four' stands where a number, 1 or more is expected          | Write a number, 1 or more",
        "cpus: 0          | cpus: it must be 1 or more                                                  | Write a number, 1 or more",
        "cpus: 99999999999 | cpus: the number 99999999999 stands where a number, 1 or more is expected  | Write a number, 1 or more",
        "cpus: [1]        | cpus: a list stands where a number, 1 or more is expected                   | Write a number, 1 or more",
        "launch: 1        | launch: '1' is neither true nor false                                       | Write true or false",
        "launch:          | launch: null stands where true or false is expected                         | Write true or false",
        "base: {a: b}     | base: a map stands where a text is expected                                 | Write a text",
        "name: a/b        | name: 'a/b' cannot be a name: it becomes part of the names of files        | Write a name of letters, digits, '.', '_' and '-'",
        "overlay: [a]     | overlay: a list stands where the path of a folder is expected               | Write the path of a folder",
        "rootfs-size: big | rootfs-size: 'big' is no size such as 4GiB, 512M or a number of bytes       | Write a size such as 4GiB or 512M",
        "mem: -1          | mem: '-1' is no size such as 4GiB, 512M or a number of bytes                | Write a size such as 4GiB, or a number of MiB",
        "run: []          | run: no script is named                                                     | Write a script and its arguments, as a text or a list",
        "run: ''          | run: no script is named                                                     | Write a script and its arguments, as a text or a list",
        "run: a 'b        | run: the quote ' is not closed                                              | Write a script and its arguments, as a text or a list",
        "outputs: {a: b}  | outputs: a map stands where a list of texts is expected                     | Write a list of texts",
        "outputs: [[a]]   | outputs: a list stands where a text is expected                             | Write a list of texts",
        "files: a         | files: the text 'a' stands where a list of pairs [source, destination] is expected | Write a list of pairs [source, destination]",
        "files: [[a]]     | files: a list stands where a pair [source, destination] is expected         | Write a list of pairs [source, destination]",
        "files: [[a, b]]  | files: the destination 'b' does not begin with '/'                          | Write a list of pairs [source, destination]",
        "qemu: [a]        | qemu: a list stands where the path of a simulator, or null is expected      | Write the path of a simulator, or null",
        "linux: {modules: [a]}    | linux.modules: a list stands where a map of modules' names and paths is expected | Write a map of modules' names and paths",
        "linux: {modules: {../a: b}} | linux.modules: '../a' cannot be the name of a kernel module       | Write a map of modules' names and paths",
        "linux: {modules: {a: []}} | linux.modules: a list stands where the path of a module's folder is expected | Write a map of modules' names and paths",
        "distro: {nam: x} | distro: 'nam' is unknown here; a distribution has 'name' and 'opts'         | Write the name of a distribution, or a map with 'name' and 'opts'",
        "distro: {opts: {}} | distro: the distribution has no name                                      | Write the name of a distribution, or a map with 'name' and 'opts'",
        "distro: {name: x, opts: [a]} | distro: a list stands where a map of options is expected        | Write the name of a distribution, or a map with 'name' and 'opts'"})
    void aValueOfTheWrongType(String yaml, String what, String remedy) {
        Problem problem = problem(yaml);
        assertThat(problem.what()).isEqualTo(what);
        assertThat(problem.where()).startsWith("w.yaml:1:");
        assertThat(problem.remedy()).isEqualTo(remedy);
    }

    @Test
    void aBadSourceSaysHowSourcesAreWritten() {
        Problem problem = problem("linux:\n  source: git+https://example.org/linux\n");
        assertThat(problem.what()).startsWith("linux.source: a git source ends in '#'");
        assertThat(problem.where()).isEqualTo("w.yaml:2:11");
        assertThat(problem.remedy()).startsWith("Write a folder, an archive file, ");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        List<Problem> problems = Problems.allOf(() -> read("cpus: x\nlaunch: maybe\nlinux:\n  sauce: a\noverlay: []\n"));
        assertThat(problems).extracting(Problem::where).containsExactly("w.yaml:1:7", "w.yaml:2:9", "w.yaml:4:3", "w.yaml:5:10");
    }

    @Test
    void everyItemThatIsWrongIsTold() {
        assertThat(Problems.allOf(() -> read("outputs: [a, [b], c, {d: e}]\nfiles: [[a], [b, c], [d, /e]]\nlinux: {modules: {a/b: c, d: [e]}}\ndistro: {name: x, opt: {}, option: {}}\n"))).extracting(Problem::where)
                .containsExactly("w.yaml:1:14", "w.yaml:1:22", "w.yaml:2:9", "w.yaml:2:18", "w.yaml:3:19", "w.yaml:3:30", "w.yaml:4:19", "w.yaml:4:28");
    }

    @Test
    void anOptionThatStandsTwiceIsToldWithTheOthers() {
        assertThat(Problems.allOf(() -> read("cpus: x\nmem: 1GiB\ncpus: 2\ncomand: ls\n"))).extracting(problem -> problem.where() + " " + problem.what())
                .containsExactly("w.yaml:3:1 'cpus' stands twice", "w.yaml:1:7 cpus: the text 'x' stands where a number, 1 or more is expected", "w.yaml:4:1 unknown option 'comand'");
    }

    @Test
    void whatCanBeReadIsGivenForFurtherChecks() {
        List<Problem> problems = new ArrayList<>();
        Specification specification = SpecificationReader.read("w.yaml", "cpus: x\noverlay: o\njobs: [{name: a, comand: b, run: c}, {cpus: 1}]\n", new OptionType.Remarks(warnings::add, problems));
        assertThat(problems).extracting(Problem::where).containsExactly("w.yaml:1:7", "w.yaml:3:18", "w.yaml:3:38");
        assertThat(specification.value(Options.OVERLAY)).contains("o");
        assertThat(specification.unreadable(Options.CPUS)).isTrue();
        assertThat(specification.unreadable(Options.MEM)).isFalse();
        assertThat(specification.value(Options.JOBS).orElseThrow().get(0).value(Options.RUN)).contains(new Script("c", List.of()));
    }

    @Test
    void theSchemaIsForEditorsAlone() {
        assertThat(SpecificationReader.read("w.json", "{\"$schema\": \"../s.json\", \"cpus\": 1}", warnings::add).options()).containsExactly(Options.CPUS);
    }

    @Test
    void olderSpellingsAreUnderstoodAndToldOf() {
        Specification specification = read("name: x\nlinux-src: ./linux\nlinux-config: [a, b]\n");
        assertThat(specification.value(Options.LINUX_SOURCE)).contains(new SourceSpec.Folder("./linux"));
        assertThat(specification.value(Options.LINUX_CONFIG)).contains(List.of("a", "b"));
        assertThat(warnings).containsExactly("w.yaml:2:1: 'linux-src' is the older spelling of 'linux.source'", "w.yaml:3:1: 'linux-config' is the older spelling of 'linux.config'");
    }

    @Test
    void bothSpellingsAtOnce() {
        assertThat(problem("linux:\n  config: a\nlinux-config: b\n")).isEqualTo(new Problem("'linux.config' is set twice, in its older spelling too", "w.yaml:3:1", "Keep one of the two"));
    }

    @Test
    void optionsOfADistributionKeepTheirOrder() {
        StringBuilder yaml = new StringBuilder("distro:\n  name: x\n  opts:\n");
        List<String> names = new ArrayList<>();
        for (int i = 20; i > 0; i--) {
            yaml.append("    o").append(i).append(": ").append(i).append('\n');
            names.add("o" + i);
        }
        Distro distro = read(yaml.toString()).value(Options.DISTRO).orElseThrow();
        assertThat(distro.plain().keySet()).containsExactlyElementsOf(names);
        assertThat(distro.plain()).containsEntry("o7", "7");
        assertThat(read("distro: {name: x, opts: {a: [1, {b: c}]}}").value(Options.DISTRO).orElseThrow().plain()).isEqualTo(Map.of("a", List.of("1", Map.of("b", "c"))));
        assertThat(read("distro: bare").value(Options.DISTRO)).isEqualTo(read("name: x\ndistro: {opts: {}, name: bare}").value(Options.DISTRO)).isNotEqualTo(read("distro: {opts: {a: b}, name: bare}").value(Options.DISTRO));
    }
}
