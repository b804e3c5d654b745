// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.migration.ImportReport;
import dev.marshal.migration.KnownBases;
import dev.marshal.migration.WorkloadImport;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Makes a project of an existing FireMarshal specification. The original is only read. */
@Mojo(name = "import", requiresProject = false, threadSafe = true)
public class ImportMojo extends MarshalMojo {

    /** This plugin. */
    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    /** The FireMarshal specification, YAML or JSON. */
    @Parameter(property = "marshal.spec", required = true)
    private File spec;

    /** Folder of the new project; must not exist yet, or be empty. */
    @Parameter(property = "marshal.output", required = true)
    private File output;

    /** Published workloads that stand for bases, {@code FILE=groupId:artifactId:version,…}; in addition to, or in place of, the defaults for FireMarshal's own bases. */
    @Parameter(property = KnownBases.PROPERTY)
    private String bases;

    /** Further folders in which the specifications of bases are looked for, with commas between; as FireMarshal's {@code workload-dirs}. */
    @Parameter(property = "marshal.workloadDirs")
    private List<File> workloadDirs;

    /** The groupId of the new project. */
    @Parameter(property = "marshal.groupId", defaultValue = "org.example")
    private String groupId;

    @Override
    void run() throws IOException {
        KnownBases known = new KnownBases(plugin.getVersion(), bases);
        List<Path> folders = workloadDirs == null ? List.of() : workloadDirs.stream().map(File::toPath).toList();
        ImportReport report = new WorkloadImport(known, folders, groupId, plugin.getVersion()).run(spec.toPath(), output.toPath());
        report.notes().forEach(log()::info);
        if (!report.unmapped().isEmpty()) {
            log().warn("not mapped; please look at each:");
            report.unmapped().forEach(problem -> log().warn("  " + problem));
        }
        log().info("imported " + String.join(", ", report.modules()) + " to " + output + "; build and test it there with 'mvn verify'");
    }
}
