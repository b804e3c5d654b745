// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.marshal.problem.Location;
import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads YAML and JSON into values that know their place. */
final class DocumentReader {

    private final String file;
    private final List<Problem> problems;
    private final Map<String, LocatedNode> anchors = new HashMap<>();

    private DocumentReader(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * @param file name of the document, for messages; one ending in {@code .json} is read as JSON, all others as YAML
     * @param text the document
     * @param problems gets what is wrong with a document that is well-formed
     * @throws ProblemException with the place if the text is neither
     */
    static LocatedNode read(String file, String text, List<Problem> problems) {
        JsonFactory factory = file.endsWith(".json") ? new JsonFactory().enable(JsonParser.Feature.ALLOW_COMMENTS) : AnchorParser.factory();
        try (JsonParser parser = factory.createParser(text)) {
            DocumentReader reader = new DocumentReader(file, problems);
            if (parser.nextToken() == null) {
                return LocatedNode.Fields.empty(new Location(file, 1, 1));
            }
            LocatedNode node = reader.node(parser);
            if (parser.nextToken() != null) {
                throw new ProblemException("a second document begins", reader.location(parser), "Keep one document in a file");
            }
            return node;
        } catch (JacksonException e) {
            throw notWellFormed(file, e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    private static ProblemException notWellFormed(String file, JacksonException e) {
        String what = e.getOriginalMessage();
        JsonLocation at = e.getLocation();
        Location where = at == null ? Location.of(file) : new Location(file, at.getLineNr(), at.getColumnNr());
        // Jackson's location is that of the last token that was fine
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            what = marked.getProblem();
            where = new Location(file, marked.getProblemMark().getLine() + 1, marked.getProblemMark().getColumn() + 1);
        }
        return new ProblemException("not well-formed: " + firstLine(what), where, "Mend the text there; indentation and quotes are the usual causes", e);
    }

    private LocatedNode node(JsonParser parser) throws IOException {
        Location location = location(parser);
        if (parser instanceof AnchorParser yaml && yaml.isCurrentAlias()) {
            LocatedNode meant = anchors.get(yaml.getText());
            if (meant == null) {
                throw new ProblemException("the alias '*" + yaml.getText() + "' refers to nothing above it", location, "Define '&" + yaml.getText() + "' before it");
            }
            return meant;
        }
        String anchor = parser instanceof AnchorParser yaml ? yaml.anchor() : null;
        LocatedNode node = switch (parser.currentToken()) {
            case START_OBJECT -> fields(parser, location);
            case START_ARRAY -> items(parser, location);
            case VALUE_NULL -> new LocatedNode.Scalar(location, null, LocatedNode.Scalar.Type.NULL);
            case VALUE_TRUE, VALUE_FALSE -> new LocatedNode.Scalar(location, parser.getText(), LocatedNode.Scalar.Type.BOOLEAN);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new LocatedNode.Scalar(location, parser.getText(), LocatedNode.Scalar.Type.NUMBER);
            case VALUE_STRING -> new LocatedNode.Scalar(location, parser.getText(), LocatedNode.Scalar.Type.TEXT);
            default -> throw new IllegalStateException("unexpected token " + parser.currentToken());
        };
        if (anchor != null) {
            anchors.put(anchor, node);
        }
        return node;
    }

    private LocatedNode fields(JsonParser parser, Location location) throws IOException {
        LocatedNode.Fields map = LocatedNode.Fields.empty(location);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Location key = location(parser);
            String name = parser.currentName();
            parser.nextToken();
            if (map.fields().putIfAbsent(name, new LocatedNode.Field(key, node(parser))) != null) {
                problems.add(new Problem("'" + name + "' stands twice", key.toString(), "Keep one of the two"));
            }
        }
        return map;
    }

    private LocatedNode items(JsonParser parser, Location location) throws IOException {
        List<LocatedNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(parser));
        }
        return new LocatedNode.Items(location, items);
    }

    private Location location(JsonParser parser) {
        JsonLocation at = parser.currentTokenLocation();
        return new Location(file, at.getLineNr(), at.getColumnNr());
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
