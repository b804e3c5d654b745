// SPDX-License-Identifier: Apache-2.0
package dev.marshal.repository;

import dev.marshal.problem.Location;
import dev.marshal.problem.ProblemException;
import dev.marshal.workload.Setting;
import java.util.List;
import java.util.Optional;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.InputLocation;
import org.apache.maven.project.MavenProject;

/** Finds the one dependency that is a workload's base. */
public final class BaseDependency {

    /** The dependency type of workloads, also the ending of their files. */
    public static final String TYPE = "workload";

    private BaseDependency() {}

    /**
     * @param project       the POM
     * @param named         what the specification says of its base
     * @param specification where the specification is, for messages
     * @param mayBeMissing  whether the workload may be the first of its chain
     * @return the dependency; empty for the first of a chain
     * @throws ProblemException if there is none, or more than one and none is named
     */
    public static Optional<Dependency> of(MavenProject project, Optional<Setting<String>> named, Location specification, boolean mayBeMissing) {
        List<Dependency> workloads = project.getDependencies().stream().filter(dependency -> TYPE.equals(dependency.getType())).toList();
        if (named.isPresent()) {
            String name = named.get().value();
            return Optional.of(workloads.stream().filter(each -> name.equals(each.getArtifactId()) || name.equals(each.getGroupId() + ":" + each.getArtifactId())).findFirst()
                    .orElseThrow(() -> new ProblemException("the base '" + name + "' is no dependency of the project", named.get().where(),
                            "Add it to <dependencies> in " + project.getFile() + " with <type>workload</type>; there " + (workloads.isEmpty() ? "is none of that type" : "are: " + list(workloads)))));
        }
        if (workloads.size() > 1) {
            throw new ProblemException("the project has " + workloads.size() + " dependencies of type 'workload' (" + list(workloads) + "), but a workload has one base",
                    where(project, workloads.get(1)), "Remove all but one, or name the base in " + specification + ": base: " + workloads.get(0).getArtifactId());
        }
        if (workloads.isEmpty() && !mayBeMissing) {
            throw new ProblemException("the workload has no base: the POM has no dependency of type 'workload'", project.getFile() + " <dependencies>",
                    "Add one, such as dev.marshal.firechip:busybox-base with <type>workload</type>; or set 'distro' in " + specification + " to make a base of its own");
        }
        return workloads.stream().findFirst();
    }

    private static String list(List<Dependency> dependencies) {
        return String.join(", ", dependencies.stream().map(each -> each.getGroupId() + ":" + each.getArtifactId()).toList());
    }

    private static String where(MavenProject project, Dependency dependency) {
        InputLocation location = dependency.getLocation("artifactId");
        String place = location == null || location.getLineNumber() <= 0 ? project.getFile().toString()
                : new Location(location.getSource() == null || location.getSource().getLocation() == null ? project.getFile().toString() : location.getSource().getLocation(),
                        location.getLineNumber(), location.getColumnNumber()).toString();
        return place + " <dependency> " + dependency.getArtifactId();
    }
}
