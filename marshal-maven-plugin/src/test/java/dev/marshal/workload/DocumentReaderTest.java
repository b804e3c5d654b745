// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.problem.Location;
import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.workload.LocatedNode.Field;
import dev.marshal.workload.LocatedNode.Fields;
import dev.marshal.workload.LocatedNode.Items;
import dev.marshal.workload.LocatedNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentReaderTest {

    private static LocatedNode read(String file, String text) {
        List<Problem> problems = new ArrayList<>();
        LocatedNode node = DocumentReader.read(file, text, problems);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return node;
    }

    private static Field field(LocatedNode node, String name) {
        return ((Fields) node).fields().get(name);
    }

    private static Location at(String file, int line, int column) {
        return new Location(file, line, column);
    }

    @Test
    void yamlKnowsItsPlaces() {
        LocatedNode document = read("w.yaml", """
                # a comment
                name: hello
                linux:
                  config:
                    - one
                    - two
                """);
        assertThat(field(document, "name").key()).isEqualTo(at("w.yaml", 2, 1));
        assertThat(field(document, "name").value().location()).isEqualTo(at("w.yaml", 2, 7));
        Field config = field(field(document, "linux").value(), "config");
        assertThat(config.key()).isEqualTo(at("w.yaml", 4, 3));
        assertThat(((Items) config.value()).items()).extracting(LocatedNode::location).containsExactly(at("w.yaml", 5, 7), at("w.yaml", 6, 7));
    }

    @Test
    void jsonKnowsItsPlaces() {
        LocatedNode document = read("w.json", """
                {
                  // comments are allowed
                  "name": "hello",
                  "linux": { "config": ["one", 2] }
                }
                """);
        assertThat(field(document, "name").key()).isEqualTo(at("w.json", 3, 3));
        assertThat(field(document, "name").value().location()).isEqualTo(at("w.json", 3, 11));
        Items config = (Items) field(field(document, "linux").value(), "config").value();
        assertThat(config.items()).extracting(LocatedNode::location).containsExactly(at("w.json", 4, 25), at("w.json", 4, 32));
    }

    @Test
    void scalarsKeepWhatIsWritten() {
        LocatedNode document = read("w.yaml", "a: 1.10\nb: 007\nc: true\nd: null\ne:\nf: 'true'\ng: yes\nh: 0x1F\n");
        assertThat(((Fields) document).fields().values()).extracting(field -> ((Scalar) field.value()).text()).containsExactly("1.10", "007", "true", null, null, "true", "yes", "0x1F");
        assertThat(((Fields) document).fields().values()).extracting(field -> field.value().kind())
                .containsExactly("the number 1.10", "the number 007", "true", "null", "null", "the text 'true'", "yes", "the number 0x1F");
        assertThat(read("w.yaml", "[]").kind()).isEqualTo("a list");
        assertThat(read("w.yaml", "{}").kind()).isEqualTo("a map");
    }

    @Test
    void jsonAndYamlGiveTheSameText() {
        assertThat(((Scalar) field(read("w.json", "{\"a\": 1.50}"), "a").value()).text()).isEqualTo("1.50");
        assertThat(((Scalar) field(read("w.json", "{\"a\": null}"), "a").value()).isNull()).isTrue();
        assertThat(((Scalar) field(read("w.json", "{\"a\": false}"), "a").value()).kind()).isEqualTo("false");
    }

    @Test
    void anEmptyDocumentIsAnEmptyMap() {
        for (String text : List.of("", "# only a comment\n", "---\n")) {
            LocatedNode document = read("w.yaml", text);
            boolean empty = document instanceof Fields fields && fields.fields().isEmpty() || document instanceof Scalar scalar && scalar.isNull();
            assertThat(empty).as(text).isTrue();
        }
        assertThat(read("w.json", "").location()).isEqualTo(at("w.json", 1, 1));
    }

    @Test
    void anAliasIsWhatItRefersTo() {
        LocatedNode document = read("w.yaml", "a: &x [1, 2]\nb: *x\nc: &y text\nd: *y\n");
        assertThat(field(document, "b").value()).isEqualTo(field(document, "a").value());
        assertThat(field(document, "d").value()).isEqualTo(field(document, "c").value());
        assertThat(field(document, "d").value().location()).isEqualTo(at("w.yaml", 3, 4));
    }

    @Test
    void anAliasWithoutItsAnchor() {
        Problem problem = Problems.of(() -> read("w.yaml", "a: 1\nb: *x\n"));
        assertThat(problem).isEqualTo(new Problem("the alias '*x' refers to nothing above it", "w.yaml:2:4", "Define '&x' before it"));
        assertThat(Problems.of(() -> read("w.yaml", "a: &x [*x]\n")).what()).contains("'*x' refers to nothing");
    }

    @Test
    void aNameThatStandsTwice() {
        assertThat(Problems.of(() -> read("w.yaml", "a: 1\nb: 2\na: 3\n"))).isEqualTo(new Problem("'a' stands twice", "w.yaml:3:1", "Keep one of the two"));
        assertThat(Problems.of(() -> read("w.json", "{\"x\": {\"a\": 1,\n \"a\": 2}}"))).isEqualTo(new Problem("'a' stands twice", "w.json:2:2", "Keep one of the two"));
    }

    @Test
    void aSecondDocument() {
        Problem problem = Problems.of(() -> read("w.yaml", "a: 1\n---\nb: 2\n"));
        assertThat(problem.what()).isEqualTo("a second document begins");
        assertThat(problem.where()).startsWith("w.yaml:3");
        assertThat(problem.remedy()).isEqualTo("Keep one document in a file");
    }

    @Test
    void textThatIsNotWellFormedIsToldWithItsLine() {
        Problem yaml = Problems.of(() -> read("w.yaml", "a: 1\nb: 'open\n"));
        assertThat(yaml.what()).startsWith("not well-formed: ");
        assertThat(yaml.what()).isEqualTo("not well-formed: found unexpected end of stream");
        assertThat(yaml.where()).isEqualTo("w.yaml:3:1");
        assertThat(yaml.remedy()).isEqualTo("Mend the text there; indentation and quotes are the usual causes");
        assertThat(Problems.of(() -> read("w.yaml", "a: 1\n\tb: 2\n")).where()).isEqualTo("w.yaml:2:1");
        assertThat(Problems.of(() -> read("w.yaml", "a: 1\n  b: 2\n")).where()).isEqualTo("w.yaml:2:4");
        assertThat(Problems.of(() -> read("w.yaml", "a: \u0007\n")).what()).startsWith("not well-formed: ");
        assertThat(Problems.of(() -> read("w.yaml", "? [a, b]\n: c\n")).what()).startsWith("not well-formed: ");
        Problem json = Problems.of(() -> read("w.json", "{\n  \"a\": 1,\n  b: 2\n}"));
        assertThat(json.what()).startsWith("not well-formed: ");
        assertThat(json.where()).startsWith("w.json:3:");
        assertThat(Problems.of(() -> read("w.json", "{\n  \"a\": [1")).where()).startsWith("w.json:2");
        assertThat(Problems.of(() -> read("w.json", "{\"a\": 1} x")).what()).startsWith("not well-formed: ");
    }
}
