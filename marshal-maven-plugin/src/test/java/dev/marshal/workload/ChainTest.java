// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainTest {

    private static Layer layer(String name, String yaml) {
        return Workloads.layer(name, Path.of("/w", name), yaml);
    }

    private static Chain chain(String board, String base, String own) {
        return new Chain(List.of(Workloads.board("board", Path.of("/w/board"), board), layer("base", base), layer("own", own)));
    }

    @Test
    void theNewestReplaces() {
        Chain chain = chain("cpus: 1", "cpus: 2", "cpus: 3");
        assertThat(chain.value(Options.CPUS)).contains(3);
        assertThat(chain("cpus: 1", "cpus: 2", "name: x").value(Options.CPUS)).contains(2);
        Sourced<Integer> sourced = chain("cpus: 1", "", "").get(Options.CPUS).orElseThrow();
        assertThat(sourced.value()).isEqualTo(1);
        assertThat(sourced.layer().label()).isEqualTo("board");
        assertThat(sourced.where()).hasToString("spec.yaml:1:7");
        assertThat(sourced.option()).isEqualTo(Options.CPUS);
        assertThat(chain("", "", "").value(Options.CPUS)).isEmpty();
    }

    @Test
    void aSimulatorThatIsExcludedStaysExcluded() {
        assertThat(chain("", "spike: null", "").value(Options.SPIKE)).contains(Optional.empty());
        assertThat(chain("", "spike: null", "spike: /opt/spike").value(Options.SPIKE)).contains(Optional.of("/opt/spike"));
    }

    @Test
    void fragmentsAndArgumentsAreAppendedOldestFirst() {
        Chain chain = chain("linux: {config: [a, b]}", "linux: {config: c}", "linux: {config: d}");
        assertThat(chain.all(Options.LINUX_CONFIG)).extracting(Sourced::value).containsExactly(List.of("a", "b"), List.of("c"), List.of("d"));
        assertThat(chain.all(Options.LINUX_CONFIG)).extracting(sourced -> sourced.layer().label()).containsExactly("board", "org.example:base:1", "org.example:own:1");
        assertThat(chain("firmware: {opensbi-build-args: A=1 B=2}", "", "firmware: {opensbi-build-args: [C=3]}").appended(Options.OPENSBI_ARGS)).containsExactly("A=1", "B=2", "C=3");
    }

    @Test
    void modulesAreMergedByName() {
        Chain chain = chain("linux: {modules: {iceblk: drivers/iceblk, icenet: drivers/icenet}}", "linux: {modules: {mine: ./mine}}", "linux: {modules: {iceblk: ./iceblk, icenet: null}}");
        assertThat(chain.modules().keySet()).containsExactly("iceblk", "mine");
        assertThat(chain.modules().get("iceblk").folder()).isEqualTo(Path.of("/w/own/iceblk"));
        assertThat(chain.modules().get("mine").folder()).isEqualTo(Path.of("/w/base/mine"));
        assertThat(chain.modules().get("mine").where()).hasToString("spec.yaml:1:18");
    }

    @Test
    void aRemovedModuleCanComeBackAndRemovingWhatIsNotThereDoesNoHarm() {
        assertThat(chain("linux: {modules: {a: x}}", "linux: {modules: {a: null, b: null}}", "linux: {modules: {a: y}}").modules()).containsOnlyKeys("a");
    }

    @Test
    void whatConcernsOneWorkloadIsNotInherited() {
        Chain chain = chain("", "overlay: a\nrun: b\nnodisk: true\nname: x", "");
        assertThat(chain.value(Options.OVERLAY)).isEmpty();
        assertThat(chain.value(Options.RUN)).isEmpty();
        assertThat(chain.value(Options.NODISK)).isEmpty();
        assertThat(chain("", "", "overlay: a").value(Options.OVERLAY)).contains("a");
        assertThat(chain.name()).isEqualTo("own");
    }

    @Test
    void whatIsNeededAndNotSet() {
        Problem problem = Problems.of(() -> chain("", "", "").require(Options.LINUX_SOURCE, "compile Linux"));
        assertThat(problem).isEqualTo(new Problem("'linux.source' is not set by the workload or what it inherits from; it is needed to compile Linux", "spec.yaml", "Set it, or inherit from a base that does"));
        assertThat(chain("cpus: 7", "", "").require(Options.CPUS, "run").value()).isEqualTo(7);
    }

    @Test
    void aChainHasAtLeastOneWorkload() {
        assertThatThrownBy(() -> new Chain(List.of())).isInstanceOf(IllegalArgumentException.class).hasMessage("a chain has at least the workload itself");
    }
}
