// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.schema.SchemaFile;
import java.io.File;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes the JSON Schema of workload specifications, by which editors complete and check them: with the options of every distribution that this project's
 * plugin knows. {@code resolve-base} does the same in every build.
 */
@Mojo(name = "schema", requiresProject = false, threadSafe = true)
public class SchemaMojo extends MarshalMojo {

    /** The file to write. */
    @Parameter(property = "marshal.schema", defaultValue = "${project.build.directory}/marshal/workload.schema.json")
    private File schema;

    @Override
    void run() throws IOException {
        SchemaFile.write(schema.toPath());
        log().info("the schema is in " + schema + "; editors find it by the first line of workload.yaml: # yaml-language-server: $schema=PATH");
    }
}
