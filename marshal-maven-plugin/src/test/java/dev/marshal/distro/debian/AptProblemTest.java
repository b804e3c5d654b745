// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines are what apt 2.6 and 3.0 print. */
class AptProblemTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "INCONSISTENT | E: Failed to fetch http://mirror/dists/trixie/main/binary-riscv64/Packages.xz  File has unexpected size (9385284 != 9387120). Mirror sync in progress? [IP: 1.2.3.4 80]",
        "UNREACHABLE | W: Failed to fetch http://nowhere/dists/trixie/InRelease  Could not resolve 'nowhere'",
        "UNREACHABLE | E: Failed to fetch http://localhost:1/dists/trixie/InRelease  Could not connect to localhost:1 (127.0.0.1). - connect (111: Connection refused)",
        "NO_SUITE | E: The repository 'http://mirror nosuch Release' does not have a Release file.",
        "BAD_SIGNATURE | E: The repository 'http://mirror trixie InRelease' is not signed.",
        "BAD_SIGNATURE | W: GPG error: http://mirror trixie InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 6ED0E7B82643E131",
        "EXPIRED | E: Release file for http://mirror/dists/testing/InRelease is expired (invalid since 18d 7h). Updates for this repository will not be applied.",
        "NO_PACKAGE | E: Unable to locate package nosuch",
        "FULL | E: Write error - write (28: No space left on device)",
    })
    void lineByLine(AptProblem problem, String line) {
        assertThat(AptProblem.find(List.of("I: running apt-get update...", line)).problem()).isEqualTo(problem);
    }

    @Test
    void namesThePackageTheSuiteAndTheMirror() {
        AptProblem.Found found = AptProblem.find(List.of("E: Unable to locate package nosuch"));
        assertThat(found.exception("http://mirror/", "trixie", null, Path.of("log")).problems().get(0).what())
                .isEqualTo("the suite 'trixie' of the mirror http://mirror/ has no package 'nosuch' (log)");
        assertThat(found.ofThisSuiteOnly()).isFalse();
    }

    @Test
    void otherLinesMeanNothing() {
        assertThat(AptProblem.find(List.of("I: success", "Get:1 something is not signed")).problem()).isNull();
    }
}
