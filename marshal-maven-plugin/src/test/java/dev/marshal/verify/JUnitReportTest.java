// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class JUnitReportTest {

    @TempDir
    Path folder;

    @Test
    void aReportAsSurefireWritesThem() throws Exception {
        Path file = new JUnitReport("org.example.hello", List.of(
                new TestCase("hello", Duration.ofMillis(1500), TestCase.Outcome.PASSED, "", "", ""),
                new TestCase("hello-j0", Duration.ofMillis(20), TestCase.Outcome.FAILED, "1 reference\ndiffers & more", "-a\n+b <tag>", "console\n"),
                new TestCase("hello-j1", Duration.ZERO, TestCase.Outcome.ERROR, "QEMU died", "details", ""),
                new TestCase("hello-j2", Duration.ZERO, TestCase.Outcome.SKIPPED, "launch: false", "", ""))).write(folder.resolve("reports"));

        assertThat(file).isEqualTo(folder.resolve("reports/TEST-org.example.hello.xml")).content().isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="org.example.hello" time="1.520" tests="4" errors="1" skipped="1" failures="1">
                  <testcase name="hello" classname="org.example.hello" time="1.500">
                  </testcase>
                  <testcase name="hello-j0" classname="org.example.hello" time="0.020">
                    <failure message="1 reference differs &amp; more" type="dev.marshal.failed">-a
                +b &lt;tag&gt;</failure>
                    <system-out>console
                </system-out>
                  </testcase>
                  <testcase name="hello-j1" classname="org.example.hello" time="0.000">
                    <error message="QEMU died" type="dev.marshal.error">details</error>
                  </testcase>
                  <testcase name="hello-j2" classname="org.example.hello" time="0.000">
                    <skipped message="launch: false"></skipped>
                  </testcase>
                </testsuite>
                """);
        assertThat(folder.resolve("reports")).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void anyCharacterGivesValidXml() throws Exception {
        StringBuilder all = new StringBuilder("]]>");
        for (int c = 0; c < 0x10000; c++) {
            all.append((char) c);
        }
        all.append("\ud83d\ude00 \ud800 end");
        Path file = new JUnitReport("a/b \u0007", List.of(new TestCase("\u001b[1m\"<&>'", Duration.ZERO, TestCase.Outcome.FAILED, all.toString(), all.toString(), all.toString()))).write(folder);

        assertThat(file.getFileName()).hasToString("TEST-a_b__.xml");
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        Element failure = (Element) document.getElementsByTagName("failure").item(0);
        assertThat(failure.getTextContent()).startsWith("]]>\\x00\\x01").contains("\\x1b").contains("\\x0d").contains("\\ufffe").endsWith("😀 \\ud800 end");
        assertThat(((Element) document.getElementsByTagName("testcase").item(0)).getAttribute("name")).isEqualTo("\\x1b[1m\"<&>'");
    }

    @Test
    void aReportIsReplacedWhole() throws Exception {
        Path file = new JUnitReport("hello", List.of(new TestCase("a", Duration.ZERO, TestCase.Outcome.PASSED, "", "", ""))).write(folder);
        new JUnitReport("hello", List.of()).write(folder);
        assertThat(Files.readString(file)).contains("tests=\"0\"").doesNotContain("testcase");
    }
}
