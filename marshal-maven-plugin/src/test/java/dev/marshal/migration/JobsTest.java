// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {

    @TempDir
    Path folder;

    private Imported imported;

    @BeforeEach
    void begin() {
        imported = new Imported(folder);
    }

    @Test
    void theUserNamesBases() throws IOException {
        imported.with("w.yaml", "name: w\nbase: br-base.json\njobs:\n- name: a\n  base: ours.json\n")
                .of("w.yaml", "br-base=org.other:debian-base:7,ours.json=org.our:ours:1.0-SNAPSHOT").allMapped();
        assertThat(imported.file("pom.xml")).content().contains("<artifactId>debian-base</artifactId>\n      <version>7</version>", "<artifactId>ours</artifactId>\n      <version>1.0-SNAPSHOT</version>");
        assertThat(imported.specification("")).contains("base: debian-base\n", "base: ours\n");
    }

    @Test
    void basesOfTheSameNameAreToldApart() throws IOException {
        imported.with("w.yaml", "name: w\nbase: a.json\njobs:\n- {name: j, base: b.json}\n").of("w.yaml", "a.json=org.a:same:1, b.json=org.b:same:1");
        assertThat(imported.specification("")).contains("base: \"org.a:same\"\n", "base: \"org.b:same\"}");
    }

    @Test
    void aJobOnAnotherWorkloadNeedsItsModule() throws IOException {
        imported.with("w.yaml", "name: w\nbase: br-base.json\njobs:\n- name: a\n- name: b\n  base: w.yaml\n- name: c\n  base: other.yaml\n- name: d\n  base: bare-base.json\n  bin: /bin/true\n")
                .with("other.yaml", "name: other\nbase: br-base.json\n").of("w.yaml");
        assertThat(imported.report().modules()).containsExactly("other", "w");
        assertThat(imported.specification("w")).contains("- name: a\n- name: b\n- name: c\n  base: other\n- name: d\n  base: bare-base\n");
        assertThat(imported.file("w/pom.xml")).content().containsSubsequence("<artifactId>busybox-base</artifactId>", "<artifactId>other</artifactId>", "<artifactId>bare-base</artifactId>");
    }

    @Test
    void aliasesStay() throws IOException {
        imported.with("w/a", "").with("b.sh", "");
        String text = imported.text("name: w\nbase: br-base.json\ncommand: &it echo it\npost_run_hook: &hook ../b.sh\njobs:\n- {name: a, command: *it, post_run_hook: *hook}\n");
        assertThat(text).contains("command: &it echo it\n", "*it, post_run_hook: *hook");
        imported.allMapped();
    }

    @Test
    void sizesMeanTheSameNumberOfBytes() throws IOException {
        String text = imported.text("""
                name: w
                base: br-base.json
                mem: 4G
                rootfs-size: "8GB"
                jobs:
                - {name: a, mem: 512, rootfs-size: 2 GiB}
                - {name: b, mem: "3 gigabytes", rootfs-size: 100000000}
                - {name: c, mem: 1.5GiB, rootfs-size: 700M}
                """);
        assertThat(text).contains("mem: 4GB\n", "rootfs-size: \"8GB\"", "{name: a, mem: 512, rootfs-size: 2 GiB}", "{name: b, mem: \"3GB\", rootfs-size: 100000000}", "mem: 1.5GiB, rootfs-size: 700MB");
        assertThat(imported.allMapped().report().notes()).hasSize(3).anyMatch(note -> note.endsWith("w.yaml:3:6: mem: '4G' is written '4GB', which is what FireMarshal takes it for"));
    }

    @Test
    void aDroppedMemberInAListOfMapsLeavesTheOthers() throws IOException {
        String text = imported.text("""
                name: w
                base: br-base.json
                jobs:
                  - out-dir: x
                    name: a
                    command: "true"
                  - {name: b, isDistro: true, command: "false"}
                """);
        assertThat(text).contains("  - \n    name: a\n", "  - {name: b,  command: \"false\"}");
        assertThat(imported.places()).containsExactly("w.yaml:4:5", "w.yaml:7:15");
    }
}
