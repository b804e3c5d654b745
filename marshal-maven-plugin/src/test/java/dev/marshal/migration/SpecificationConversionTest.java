// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecificationConversionTest {

    @TempDir
    Path folder;

    private Imported imported;

    @BeforeEach
    void begin() {
        imported = new Imported(folder);
    }

    @Test
    void commentsOrderAndStyleStay() throws IOException {
        String text = imported.text("""
                # what it measures
                name: w   # as the paper calls it
                base: br-base.json

                # twice, to warm up
                command: run-it && run-it
                cpus: 2
                """);
        assertThat(text).isEqualTo("""
                # what it measures
                rootfs-size: 0
                name: w   # as the paper calls it
                base: busybox-base

                # twice, to warm up
                command: run-it && run-it
                cpus: 2
                """);
        imported.allMapped();
    }

    @Test
    void theFirstLineLeadsEditorsToTheSchemaAsTheArchetypesDoes() throws IOException {
        imported.with("w.yaml", "name: w\r\nbase: br-base.json\r\n").of("w.yaml");
        assertThat(Files.readString(imported.file("src/main/workload/workload.yaml"))).isEqualTo("# yaml-language-server: $schema=../../../target/marshal/workload.schema.json\r\n"
                + "rootfs-size: 0\nname: w\r\nbase: busybox-base\r\n");
        Path archetype = Path.of("../marshal-archetype/src/main/resources/archetype-resources/src/main/workload/workload.yaml");
        assertThat(Files.readAllLines(archetype).get(0)).isEqualTo(SpecificationConversion.SCHEMA_LINE);
    }

    @Test
    void jsonStaysJsonInItsLook() throws IOException {
        imported.with("w/over/etc/a", "a").with("w.json", """
                {
                  "name" : "w",
                  "base" : "br-base.json",
                  "overlay" : "over",
                  "command" : "echo \\"hello\\\\n\\"",
                }
                """).of("w.json").allMapped();
        assertThat(imported.specification("")).isEqualTo("""
                {
                  "workdir" : "w",
                  "rootfs-size" : 0,
                  "name" : "w",
                  "base" : "busybox-base",
                  "overlay" : "over",
                  "command" : "echo \\"hello\\\\n\\"",
                }
                """);
        assertThat(imported.file("src/main/workload/w/over/etc/a")).hasContent("a");
    }

    @Test
    void oneLineIsEnough() throws IOException {
        assertThat(imported.text("{ \"name\" : \"w\", \"out-dir\": \"x\", \"base\" : \"bare-base.json\", \"bin\" : \"/bin/true\" }"))
                .isEqualTo("{ \"name\" : \"w\",  \"base\" : \"bare-base\", \"bin\" : \"/bin/true\" }");
        assertThat(imported.report().unmapped()).hasSize(2);
    }

    @Test
    void whatMarshalDoesNotKnowIsKeptAsAComment() throws IOException {
        String text = imported.text("""
                name: w
                base: bare-base.json
                out-dir: elsewhere
                bin: /bin/true
                Widgets:
                  # the first
                  - one

                  - two
                # of another
                testing:
                  flavour: sweet
                  strip: true
                firesim:
                  colour: blue
                launch: false
                """);
        assertThat(text).isEqualTo("""
                name: w
                base: bare-base
                # not imported: out-dir: elsewhere
                bin: /bin/true
                # not imported: Widgets:
                  # not imported: # the first
                  # not imported: - one

                  # not imported: - two
                # of another
                testing:
                  # not imported: flavour: sweet
                  strip: true
                # not imported: firesim:
                  # not imported: colour: blue
                launch: false
                """);
        assertThat(imported.places()).containsExactly("w.yaml:3:1", "w.yaml:4:6", "w.yaml:5:1", "w.yaml:12:3", "w.yaml:14:1");
        assertThat(imported.report().unmapped().get(0).what()).isEqualTo("'out-dir' is FireMarshal's own");
        assertThat(imported.report().unmapped().get(2).what()).isEqualTo("the option 'Widgets' is unknown to marshal, as it is to FireMarshal");
    }

    @Test
    void olderSpellingsOfLinuxAreRenewed() throws IOException {
        imported.with("w/frag", "").with("w/a.config", "");
        assertThat(imported.text("name: w\nbase: br-base.json\nlinux-config: frag # ours\n")).endsWith("\nlinux: { config: frag } # ours\n");
        imported.allMapped();
        assertThat(Imported.read(imported.specification("")).value(Options.LINUX_CONFIG).orElseThrow()).containsExactly("frag");
    }

    @Test
    void olderSpellingsOfLinuxAreRenewedInJson() throws IOException {
        imported.with("w/linux/Makefile", "");
        assertThat(imported.text("{\"name\": \"w\", \"base\": \"br-base.json\", \"linux-src\": \"linux\"}")).contains("\"linux\": { \"source\": \"linux\" }");
        imported.allMapped();
    }

    @Test
    void twoOlderSpellingsAreUnderstoodAsTheyAre() throws IOException {
        imported.with("w/linux/Makefile", "").with("w/frag", "");
        String text = imported.text("name: w\nbase: br-base.json\nlinux-src: linux\nlinux-config:\n- frag\n");
        assertThat(text).contains("linux-src: linux\nlinux-config:\n- frag\n");
        assertThat(Imported.read(text).value(Options.LINUX_CONFIG).orElseThrow()).containsExactly("frag");
        imported.allMapped();
    }

    @Test
    void anOlderSpellingBesideTheNewOneDoesNotCount() throws IOException {
        imported.with("w/new", "").with("w/old", "");
        String text = imported.text("name: w\nbase: br-base.json\nlinux: {config: new}\nlinux-config: old\n");
        assertThat(Imported.read(text).value(Options.LINUX_CONFIG).orElseThrow()).containsExactly("new");
        assertThat(imported.unmapped().where()).endsWith("w.yaml:4:1");
    }

    @Test
    void whatYamlCallsTrueIsTrue() throws IOException {
        String text = imported.text("name: w\nbase: br-base.json\nlaunch: no\nnodisk: Yes\ntesting: {strip: on, refDir: .}\n");
        assertThat(text).contains("launch: false\nnodisk: true\ntesting: {strip: true,");
    }

    @Test
    void anImageWithoutASizeGetsAMarginAsBefore() throws IOException {
        assertThat(imported.text("name: w\nbase: br-base.json\n")).contains("rootfs-size: 0\n");
        assertThat(Imported.read(imported.specification("")).value(Options.ROOTFS_SIZE)).contains(0L);
    }

    @Test
    void anImageThatIsBroughtAlongKeepsItsSize() throws IOException {
        assertThat(imported.with("w/disk.img", "").text("name: w\nbase: br-base.json\nimg: disk.img\n")).doesNotContain("rootfs-size");
    }

    @Test
    void namesBecomeNamesOfFiles() throws IOException {
        String text = imported.text("name: my load/2\nbase: br-base.json\n");
        assertThat(text).contains("name: my-load-2\n");
        assertThat(imported.allMapped().report().notes()).anyMatch(note -> note.contains("the name 'my load/2' is written 'my-load-2'"));
        assertThat(imported.file("pom.xml")).content().contains("<artifactId>my-load-2</artifactId>");
    }

    @Test
    void theDistributionIsTheBases() throws IOException {
        assertThat(imported.text("name: w\ndistro:\n  name: br\n  opts: {}\ncommand: 'true'\n")).contains("# not imported: distro:\n").contains("command: 'true'");
        assertThat(imported.allMapped().file("pom.xml")).content().contains("<artifactId>busybox-base</artifactId>");
    }

    @Test
    void optionsOfTheDistributionAreListed() throws IOException {
        imported.text("name: w\nbase: br-base.json\ndistro:\n  name: br\n  opts:\n    configs: [mine]\n");
        assertThat(imported.unmapped().what()).startsWith("the options of the distribution were not taken over");
        assertThat(imported.unmapped().where()).endsWith("w.yaml:3:1");
    }

    @Test
    void aBaseOfThatDistributionUnderstandsItsOptions() throws IOException {
        imported.with("w.yaml", "name: w\nbase: br-base.json\ndistro:\n  name: br\n  opts:\n    configs: [mine]\n").with("w/mine", "").of("w.yaml", "br-base.json=org.our:br-base:1").allMapped();
        assertThat(imported.specification("")).contains("distro:\n  name: br\n  opts:\n    configs: [mine]\n");
    }

    @Test
    void ofAnOptionThatStandsTwiceTheLastCounts() throws IOException {
        String text = imported.text("name: w\nbase: br-base.json\ncpus: 1\ncpus: 2\n");
        assertThat(Imported.read(text).value(Options.CPUS)).contains(2);
        assertThat(imported.unmapped().where()).endsWith("w.yaml:3:1");
    }

    @Test
    void optionsWithoutAValueAreLeftOutAndSaidNothingOf() throws IOException {
        String text = imported.text("name: w\nbase: br-base.json\noverlay:\nspike: null\ncommand: a\n");
        assertThat(text).contains("# not imported: overlay:\nspike: null\n");
        assertThat(imported.unmapped().what()).isEqualTo("'overlay' has no value");
    }

    @Test
    void aValueThatThePluginRefusesIsListed() throws IOException {
        imported.with("w.yaml", "name: w\nbase: br-base.json\ncpus: many\n").of("w.yaml");
        assertThat(imported.unmapped().what()).contains("cpus", "many");
        assertThat(imported.unmapped().where()).endsWith("project/src/main/workload/workload.yaml:5:7");
        assertThat(Files.exists(imported.file("pom.xml"))).isTrue();
    }
}
