// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

    private static final List<String> NAMES = List.of("overlay", "outputs", "rootfs-size", "run", "mem");

    @Test
    void aSlipFindsItsName() {
        assertThat(NearestName.among(NAMES, "overlai")).contains("overlay");
        assertThat(NearestName.among(NAMES, "OUTPUT")).contains("outputs");
        assertThat(NearestName.among(NAMES, "rootfs_sise")).contains("rootfs-size");
        assertThat(NearestName.among(NAMES, "rootfssiz")).contains("rootfs-size");
        assertThat(NearestName.among(NAMES, "rnu")).contains("run");
    }

    @Test
    void somethingElseFindsNothing() {
        assertThat(NearestName.among(NAMES, "completely")).isEmpty();
        assertThat(NearestName.among(List.of(), "x")).isEmpty();
    }
}
