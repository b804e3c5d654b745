// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.archive.WorkloadReader;
import dev.marshal.archive.WorkloadWriter;
import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.HostTools;
import dev.marshal.uptodate.Sha256;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three workloads upon each other, of which the first is published whole and the others as differences. */
class BaseImagesTest {

    @TempDir
    Path folder;

    /** The main artifacts by coordinates, and the others by digest: the repository. */
    private final Map<String, Path> published = new HashMap<>();
    private final byte[] content = new byte[1 << 20];
    private final RecordedLog log = new RecordedLog();
    private WorkloadProject consumer;

    @BeforeEach
    void publish() throws IOException {
        new Random(1).nextBytes(content);
        consumer = Workloads.project(folder.resolve("consumer"), log, null, Workloads.layer("consumer", folder, ""));
        publish("one", null);
        publish("two", "one");
        publish("three", "two");
    }

    private byte[] content(String name) {
        byte[] changed = content.clone();
        Arrays.fill(changed, name.length() * 1000, name.length() * 1000 + 500, (byte) name.charAt(0));
        return changed;
    }

    private String coordinates(String name) {
        return "org.example:" + name + ":1";
    }

    private void publish(String name, String base) throws IOException {
        BaseWorkload below = base == null ? null : read(coordinates(base));
        Path image = Files.write(folder.resolve(name + ".img"), content(name));
        Path file = folder.resolve(name + "-rootfs");
        if (below == null) {
            CompressedImage.compress(image, file, part -> true);
        } else {
            new ImageDifference(consumer.tools().require(HostTools.QEMU_IMG)).write(folder.resolve(base + ".img"), image, file);
        }
        String digest = Sha256.of(file);
        published.put(digest, file);
        WorkloadProject project = Workloads.project(folder.resolve(name), log, below, Workloads.layer(name, folder, "distro: busybox"));
        Path archive = folder.resolve(name + ".workload");
        new WorkloadWriter(project).write(null, Map.of(below == null ? BaseWorkload.ROOTFS : BaseWorkload.DIFFERENCE, digest), archive);
        published.put(coordinates(name), archive);
    }

    private BaseWorkload read(String coordinates) throws IOException {
        return new WorkloadReader(consumer.cache(), consumer.digests()).read(coordinates, published.get(coordinates), new WorkloadReader.ArtifactsByDigest() {
            @Override
            public Path fetch(String artifact, String sha256) {
                return published.get(sha256);
            }

            @Override
            public BaseWorkload workload(String other) {
                try {
                    return read(other);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
    }

    @Test
    void differencesAreLaidOverWhatTheyStandOn() throws IOException {
        Path image = BaseImages.of(consumer, read(coordinates("three")));
        assertThat(image).hasBinaryContent(content("three"));
        assertThat(image.getParent()).isEqualTo(consumer.cache().images());
        assertThat(BaseImages.of(consumer, read(coordinates("two")))).hasBinaryContent(content("two")).isNotEqualTo(image);
        assertThat(BaseImages.of(consumer, read(coordinates("one")))).hasBinaryContent(content("one"));
        assertThat(image.getParent()).isDirectoryNotContaining("glob:**/.*");
        long count;
        try (var images = Files.list(image.getParent())) {
            count = images.count();
        }
        assertThat(count).isEqualTo(3);
    }

    @Test
    void whatTheDifferenceStandsOnWasPublishedAgain() throws IOException {
        String before = read(coordinates("one")).rootfsIdentity();
        content[0]++;
        publish("one", null);
        String after = read(coordinates("one")).rootfsIdentity();
        assertThat(after).isNotEqualTo(before);
        var problem = Problems.of(() -> BaseImages.of(consumer, read(coordinates("two"))));
        assertThat(problem.what()).isEqualTo("the root filesystem of org.example:two:1 is published as the difference from that of org.example:one:1, but from another one than is there: "
                + "workload.json of org.example:two:1 says " + before + ", that of org.example:one:1 gives " + after);
        assertThat(problem.remedy()).startsWith("A release must not be published twice");
        // further up the chain
        assertThat(Problems.of(() -> BaseImages.of(consumer, read(coordinates("three")))).what()).isEqualTo(problem.what());
        publish("two", "one");
        assertThat(Problems.of(() -> BaseImages.of(consumer, read(coordinates("three")))).what()).contains("org.example:three:1 says");
    }

    @Test
    void aJobThatStandsOnARelease() throws IOException {
        WorkloadProject workload = Workloads.project(folder.resolve("four"), log, null, Workloads.layer("four", folder, "distro: busybox"));
        WorkloadProject job = Workloads.project(folder.resolve("job"), log, read(coordinates("one")), Workloads.layer("four-job", folder, "{name: job, outputs: [/x]}"));
        String digest = Sha256.of(folder.resolve("two-rootfs"));
        Path archive = folder.resolve("four.workload");
        new WorkloadWriter(workload.withJobs(List.of(job)), null).write(null, Map.of("job-" + BaseWorkload.DIFFERENCE, digest), archive);
        published.put(coordinates("four"), archive);
        BaseWorkload read = read(coordinates("four")).jobs().get(0);
        assertThat(read.layers()).extracting(Layer::name).containsExactly("four-job");
        assertThat(BaseImages.of(consumer.cache(), consumer.tools(), log, read)).hasBinaryContent(content("two"));
    }

    @Test
    void aDifferenceFromNothing() throws IOException {
        WorkloadProject first = Workloads.project(folder.resolve("first"), log, null, Workloads.layer("first", folder, "distro: busybox"));
        Path archive = folder.resolve("first.workload");
        new WorkloadWriter(first).write(null, Map.of(BaseWorkload.DIFFERENCE, "0".repeat(64)), archive);
        published.put(coordinates("first"), archive);
        assertThat(Problems.of(() -> read(coordinates("first"))).what()).contains("its workload.json is not complete");
    }
}
