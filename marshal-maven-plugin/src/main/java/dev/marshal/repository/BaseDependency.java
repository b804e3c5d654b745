// SPDX-License-Identifier: Apache-2.0
package dev.marshal.repository;

import dev.marshal.problem.Location;
import dev.marshal.problem.ProblemException;
import dev.marshal.workload.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
     * @param ofJobs        names of the dependencies that jobs stand on; they are not meant unless they are named
     * @return the dependency; empty for the first of a chain
     * @throws ProblemException if there is none, or more than one and none is named
     */
    public static Optional<Dependency> of(MavenProject project, Optional<Setting<String>> named, Location specification, boolean mayBeMissing, Set<String> ofJobs) {
        if (named.isPresent()) {
            return Optional.of(named(project, named.get()));
        }
        List<Dependency> workloads = workloads(project);
        if (workloads.size() > 1) {
            workloads = workloads.stream().filter(dependency -> ofJobs.stream().noneMatch(name -> is(dependency, name))).toList();
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

    /**
     * The dependency that a specification names.
     *
     * @param named artifactId or groupId:artifactId
     * @throws ProblemException if there is no such dependency
     */
    public static Dependency named(MavenProject project, Setting<String> named) {
        List<Dependency> workloads = workloads(project);
        return workloads.stream().filter(each -> is(each, named.value())).findFirst()
                .orElseThrow(() -> new ProblemException("the base '" + named.value() + "' is no dependency of the project", named.where(),
                        "Add it to <dependencies> in " + project.getFile() + " with <type>workload</type>; there " + (workloads.isEmpty() ? "is none of that type" : "are: " + list(workloads))));
    }

    private static List<Dependency> workloads(MavenProject project) {
        return project.getDependencies().stream().filter(dependency -> TYPE.equals(dependency.getType())).toList();
    }

    private static boolean is(Dependency dependency, String name) {
        return name.equals(dependency.getArtifactId()) || name.equals(dependency.getGroupId() + ":" + dependency.getArtifactId());
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
