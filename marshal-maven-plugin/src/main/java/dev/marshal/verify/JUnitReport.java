// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import dev.marshal.uptodate.WholeOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A test report that CI servers read, in the format of Surefire ({@code surefire-test-report.xsd}). It has no host name and no date, and appears whole.
 * Characters that XML 1.0 cannot hold are written as {@code \x1b}.
 */
public final class JUnitReport {

    private final String suite;
    private final List<TestCase> cases;

    /**
     * @param suite the name of the suite, such as {@code org.example.hello}: part of the file's name, and the class of every case
     * @param cases the cases, in the order of the report
     */
    public JUnitReport(String suite, List<TestCase> cases) {
        this.suite = suite;
        this.cases = List.copyOf(cases);
    }

    /** Writes {@code TEST-<suite>.xml}. @param folder made if there is none @return the file */
    public Path write(Path folder) throws IOException {
        Path file = folder.resolve("TEST-" + suite.replaceAll("[^A-Za-z0-9._-]", "_") + ".xml");
        WholeOutput.file(file, temporary -> {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
                suite(xml);
                xml.close();
            } catch (XMLStreamException e) {
                throw new IOException("could not write " + file, e);
            }
        });
        return file;
    }

    private void suite(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", suite);
        attribute(xml, "time", seconds(cases.stream().map(TestCase::elapsed).reduce(Duration.ZERO, Duration::plus)));
        attribute(xml, "tests", Integer.toString(cases.size()));
        attribute(xml, "errors", count(TestCase.Outcome.ERROR));
        attribute(xml, "skipped", count(TestCase.Outcome.SKIPPED));
        attribute(xml, "failures", count(TestCase.Outcome.FAILED));
        for (TestCase test : cases) {
            xml.writeCharacters("\n  ");
            testCase(xml, test);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
    }

    private void testCase(XMLStreamWriter xml, TestCase test) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "name", test.name());
        attribute(xml, "classname", suite);
        attribute(xml, "time", seconds(test.elapsed()));
        String element = switch (test.outcome()) {
            case PASSED -> null;
            case FAILED -> "failure";
            case ERROR -> "error";
            case SKIPPED -> "skipped";
        };
        if (element != null) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement(element);
            attribute(xml, "message", test.message());
            if (test.outcome() != TestCase.Outcome.SKIPPED) {
                attribute(xml, "type", "dev.marshal." + test.outcome().name().toLowerCase(Locale.ROOT));
            }
            xml.writeCharacters(allowed(test.details()));
            xml.writeEndElement();
        }
        if (!test.output().isEmpty()) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement("system-out");
            xml.writeCharacters(allowed(test.output()));
            xml.writeEndElement();
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private String count(TestCase.Outcome outcome) {
        return Long.toString(cases.stream().filter(test -> test.outcome() == outcome).count());
    }

    /** A parser makes a space of a line feed in an attribute, so there is none to begin with. */
    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, allowed(value).replaceAll("\\s+", " "));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
    }

    /** XML 1.0, production 2: tab, line feed, and all but the other control characters, surrogates, U+FFFE and U+FFFF. A carriage return would be lost. */
    private static String allowed(String text) {
        StringBuilder allowed = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean fits = c == '\t' || c == '\n' || c >= 0x20 && c <= 0xD7FF && (c < 0x7F || c > 0x9F) || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
            if (fits) {
                allowed.appendCodePoint(c);
            } else {
                allowed.append(String.format(c <= 0xFF ? "\\x%02x" : "\\u%04x", c));
            }
        });
        return allowed.toString();
    }
}
