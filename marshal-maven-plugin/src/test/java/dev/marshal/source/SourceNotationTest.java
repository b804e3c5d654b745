// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceNotationTest {

    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void everyFormIsRead() {
        assertThat(SourceNotation.parse("../linux")).isEqualTo(new SourceSpec.Folder("../linux"));
        assertThat(SourceNotation.parse("linux-6.1")).isEqualTo(new SourceSpec.Folder("linux-6.1"));
        assertThat(SourceNotation.parse("odd#name")).isEqualTo(new SourceSpec.Folder("odd#name"));
        assertThat(SourceNotation.parse("a/linux.tar.xz")).isEqualTo(new SourceSpec.Archive("a/linux.tar.xz", null));
        assertThat(SourceNotation.parse("LINUX.ZIP#sha256=" + SHA)).isEqualTo(new SourceSpec.Archive("LINUX.ZIP", SHA));
        assertThat(SourceNotation.parse("https://h/x.tgz#sha256=" + SHA)).isEqualTo(new SourceSpec.Url("https://h/x.tgz", SHA));
        assertThat(SourceNotation.parse("git+https://h/x.git#" + COMMIT)).isEqualTo(new SourceSpec.Git("https://h/x.git", COMMIT));
        assertThat(SourceNotation.parse("git+git@h:x.git#" + COMMIT)).isEqualTo(new SourceSpec.Git("git@h:x.git", COMMIT));
        assertThat(SourceNotation.parse("debian:linux-source")).isEqualTo(new SourceSpec.DebianPackage("linux-source", null));
        assertThat(SourceNotation.parse("debian:linux-source-6.1=1:6.1.0~rc1+dfsg-2")).isEqualTo(new SourceSpec.DebianPackage("linux-source-6.1", "1:6.1.0~rc1+dfsg-2"));
        assertThat(SourceNotation.parse("debian-pool:pool/main/b/b.tar.bz2#sha256=" + SHA)).isEqualTo(new SourceSpec.DebianPool("pool/main/b/b.tar.bz2", SHA));
        assertThat(SourceNotation.parse("artifact:g:a:tar.gz:1")).isEqualTo(new SourceSpec.Artifact("g:a:tar.gz:1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../linux", "x.tar", "x.tar.gz", "x.tar.zst", "x.txz", "debian:linux-source", "debian:linux-source-6.1=6.1.90-1", "artifact:g:a:1", "artifact:g:a:zip:sources:1"})
    void whatIsWrittenIsReadAgain(String text) {
        assertThat(SourceNotation.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.tar.xz#sha256=", "https://h/x#sha256=", "debian-pool:pool/x#sha256="})
    void whatIsWrittenWithADigestIsReadAgain(String text) {
        assertThat(SourceNotation.parse(text + SHA)).hasToString(text + SHA);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "git+https://h/x.git           | a git source ends in '#' and the full hash of a commit (40 digits), so that it stays the same for ever",
        "git+https://h/x.git#master    | a git source ends in '#' and the full hash of a commit (40 digits), so that it stays the same for ever",
        "https://h/x.tar.gz            | it must end in '#sha256=' and the digest of the archive (64 digits), so that it stays the same for ever",
        "http://h/x.tar.gz#sha256=12   | it must end in '#sha256=' and the digest of the archive (64 digits), so that it stays the same for ever",
        "x.tar.gz#md5=12               | it must end in '#sha256=' and the digest of the archive (64 digits), so that it stays the same for ever",
        "debian-pool:pool/x.tar.gz     | it must end in '#sha256=' and the digest of the archive (64 digits), so that it stays the same for ever",
        "debian:                       | 'debian:' is followed by the name of a package, such as debian:linux-source",
        "debian:-o=x                   | 'debian:' is followed by the name of a package, such as debian:linux-source",
        "artifact:g:a                  | 'artifact:' is followed by GROUP:ARTIFACT:VERSION, GROUP:ARTIFACT:TYPE:VERSION or GROUP:ARTIFACT:TYPE:CLASSIFIER:VERSION",
        "artifact:g:a:b:c:d:e          | 'artifact:' is followed by GROUP:ARTIFACT:VERSION, GROUP:ARTIFACT:TYPE:VERSION or GROUP:ARTIFACT:TYPE:CLASSIFIER:VERSION"})
    void whatIsNoSourceIsTold(String text, String message) {
        assertThatThrownBy(() -> SourceNotation.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void nothingAtAllIsNoSource() {
        assertThatThrownBy(() -> SourceNotation.parse(" ")).isInstanceOf(IllegalArgumentException.class).hasMessage("a source is " + SourceNotation.FORMS);
        assertThatThrownBy(() -> SourceNotation.parse("#x")).isInstanceOf(IllegalArgumentException.class).hasMessage("a source is " + SourceNotation.FORMS);
    }
}
