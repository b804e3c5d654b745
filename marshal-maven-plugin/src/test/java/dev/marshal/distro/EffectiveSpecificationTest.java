// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Workloads;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveSpecificationTest {

    @TempDir
    Path folder;

    private Layer layer(String name, String yaml) {
        return Workloads.layer(name, folder, yaml);
    }

    private final String base = "distro: {name: files, opts: {words: [a, b], text: base}}\nlinux: {config: [x, y], modules: {m: ./m, n: ./n}}\ncpus: 1\ncommand: not inherited\n";
    private final String own = "distro: {name: files, opts: {words: [c]}}\nlinux:\n  config: z\n  modules: {m: ./other, n: null, o: ./o}\ncpus: 2\ncommand: hello\n";

    @Test
    void everyPartHasItsOrigin() throws IOException {
        assertThat(EffectiveSpecification.lines(new Chain(List.of(layer("base", base), layer("own", own))))).map(line -> line.replaceAll(" +", " ")).containsExactly(
                "distro {name=files, opts={words=[c]}} [org.example:own:1, spec.yaml:1:9]",
                "linux.config x [org.example:base:1, spec.yaml:2:18]",
                "linux.config y [org.example:base:1, spec.yaml:2:21]",
                "linux.config z [org.example:own:1, spec.yaml:3:11]",
                "linux.modules m: ./other [org.example:own:1, spec.yaml:4:16]",
                "linux.modules o: ./o [org.example:own:1, spec.yaml:4:37]",
                "command hello [org.example:own:1, spec.yaml:6:10]",
                "cpus 2 [org.example:own:1, spec.yaml:5:7]",
                "distro.opts.text base [org.example:base:1, spec.yaml:1:51]",
                "distro.opts.words a [org.example:base:1, spec.yaml:1:38]",
                "distro.opts.words b [org.example:base:1, spec.yaml:1:41]",
                "distro.opts.words c [org.example:own:1, spec.yaml:1:38]");
    }

    @Test
    void ofAJobOnlyWhatDiffers() throws IOException {
        Chain workload = new Chain(List.of(layer("base", base), layer("own", own)));
        Chain job = new Chain(List.of(layer("base", base), layer("own", own), layer("own-job", "linux: {config: w, modules: {m: null}}\nmem: 1GiB\n")));
        assertThat(EffectiveSpecification.lines(job, workload)).map(line -> line.replaceAll(" +", " ")).containsExactly(
                "linux.config w [org.example:own-job:1, spec.yaml:1:17]",
                "mem 1073741824B [org.example:own-job:1, spec.yaml:2:6]",
                "linux.modules m: not in this job");
    }
}
