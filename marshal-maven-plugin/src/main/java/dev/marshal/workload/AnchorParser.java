// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.Reader;
import org.yaml.snakeyaml.events.NodeEvent;

/** A YAML parser that tells the anchor of every value; Jackson's own tells those of maps and lists only. */
final class AnchorParser extends YAMLParser {

    private AnchorParser(IOContext context, Factory factory, Reader text) {
        super(context, factory.parserFeatures(), factory.yamlFeatures(), factory.limits(), null, text);
    }

    /** Makes such parsers. */
    static YAMLFactory factory() {
        return new Factory();
    }

    /** The anchor of the value that begins here; null if it has none. */
    String anchor() {
        return _lastEvent instanceof NodeEvent node ? node.getAnchor() : null;
    }

    private static final class Factory extends YAMLFactory {

        private static final long serialVersionUID = 1L;

        @Override
        protected YAMLParser _createParser(Reader text, IOContext context) {
            return new AnchorParser(context, this, text);
        }

        int parserFeatures() {
            return _parserFeatures;
        }

        int yamlFeatures() {
            return _yamlParserFeatures;
        }

        org.yaml.snakeyaml.LoaderOptions limits() {
            return _loaderOptions;
        }
    }
}
