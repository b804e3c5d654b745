// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The POMs of imported projects, in the form of those that the archetype makes. */
final class Poms {

    private final String groupId;
    private final String pluginVersion;

    /** @param groupId of all projects @param pluginVersion the plugin that builds them */
    Poms(String groupId, String pluginVersion) {
        this.groupId = groupId;
        this.pluginVersion = pluginVersion;
    }

    /** A project that stands alone. */
    String alone(Module module) throws IOException {
        return template("alone-pom.xml").replace("@artifactId@", module.artifactId()).replace("@dependencies@", dependencies(module));
    }

    /** The project above several modules. */
    String parent(String artifactId, List<Module> modules) throws IOException {
        StringBuilder list = new StringBuilder();
        modules.forEach(module -> list.append(element(4, "module", module.artifactId())));
        return template("parent-pom.xml").replace("@artifactId@", artifactId).replace("@modules@", list);
    }

    /** A module. */
    String module(Module module, String parent) throws IOException {
        return template("module-pom.xml").replace("@parent@", parent).replace("@artifactId@", module.artifactId()).replace("@dependencies@", dependencies(module));
    }

    private static String dependencies(Module module) {
        StringBuilder text = new StringBuilder();
        String comment = "    <!-- the base: what this workload inherits from -->\n";
        for (Module.Dependency base : module.bases()) {
            boolean own = base.version() == null;
            text.append(comment).append("    <dependency>\n")
                    .append(element(6, "groupId", own ? "${project.groupId}" : base.groupId()))
                    .append(element(6, "artifactId", base.artifactId()))
                    .append(element(6, "version", own ? "${project.version}" : base.version()))
                    .append(element(6, "type", "workload"))
                    .append("    </dependency>\n");
            comment = "    <!-- what a job inherits from -->\n";
        }
        return text.toString();
    }

    /** The names that get here hold no character that XML gives a meaning to. */
    private static String element(int indentation, String name, String value) {
        return " ".repeat(indentation) + "<" + name + ">" + value + "</" + name + ">\n";
    }

    private String template(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Poms.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@groupId@", groupId).replace("@pluginVersion@", pluginVersion);
        }
    }
}
