// SPDX-License-Identifier: Apache-2.0
package dev.marshal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.problem.Location;
import dev.marshal.problem.Problem;
import dev.marshal.workload.Setting;
import java.io.File;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.InputLocation;
import org.apache.maven.model.InputSource;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BaseDependencyTest {

    private static final Location SPECIFICATION = Location.of("workload.yaml");
    private static final File POM = new File("/w/pom.xml");

    private MavenProject project;

    @BeforeEach
    void make() {
        project = new MavenProject(new Model());
        project.setFile(POM);
        add("org.example", "library", "jar");
    }

    private Dependency add(String group, String artifact, String type) {
        Dependency dependency = new Dependency();
        dependency.setGroupId(group);
        dependency.setArtifactId(artifact);
        dependency.setType(type);
        project.getDependencies().add(dependency);
        return dependency;
    }

    private Set<String> ofJobs = Set.of();

    private Optional<Dependency> base(String named, boolean mayBeMissing) {
        return BaseDependency.of(project, Optional.ofNullable(named).map(name -> new Setting<>(name, new Location("workload.yaml", 3, 7))), SPECIFICATION, mayBeMissing, ofJobs);
    }

    @Test
    void whatOnlyJobsStandOnIsNotTheBase() {
        Dependency base = add("org.example", "base", "workload");
        add("org.example", "other", "workload");
        ofJobs = Set.of("org.example:other");
        assertThat(base(null, false)).contains(base);
        ofJobs = Set.of("other");
        assertThat(base(null, false)).contains(base);
    }

    @Test
    void aBaseThatJobsNameTooIsTheBase() {
        Dependency base = add("org.example", "base", "workload");
        ofJobs = Set.of("base");
        assertThat(base(null, false)).contains(base);
    }

    @Test
    void theOneWorkloadIsTheBase() {
        Dependency base = add("org.example", "base", "workload");
        assertThat(base(null, false)).contains(base);
        assertThat(base(null, true)).contains(base);
    }

    @Test
    void aBaseIsFoundByItsName() {
        add("org.example", "one", "workload");
        Dependency other = add("org.example", "other", "workload");
        assertThat(base("other", false)).contains(other);
        assertThat(base("org.example:other", false)).contains(other);
    }

    @Test
    void theFirstOfAChainHasNone() {
        assertThat(base(null, true)).isEmpty();
    }

    @Test
    void noBase() {
        assertThat(Problems.of(() -> base(null, false))).isEqualTo(new Problem("the workload has no base: the POM has no dependency of type 'workload'", "/w/pom.xml <dependencies>",
                "Add one, such as dev.marshal.firechip:busybox-base with <type>workload</type>; or set 'distro' in workload.yaml to make a base of its own"));
    }

    @Test
    void twoBasesAreToldWithTheLineOfTheSecond() {
        add("org.example", "one", "workload");
        Dependency other = add("org.example", "other", "workload");
        Problem problem = Problems.of(() -> base(null, true));
        assertThat(problem.what()).isEqualTo("the project has 2 dependencies of type 'workload' (org.example:one, org.example:other), but a workload has one base");
        assertThat(problem.where()).isEqualTo("/w/pom.xml <dependency> other");
        assertThat(problem.remedy()).isEqualTo("Remove all but one, or name the base in workload.yaml: base: one");
        InputSource source = new InputSource();
        source.setLocation("/w/parent/pom.xml");
        other.setLocation("artifactId", new InputLocation(21, 9, source));
        assertThat(Problems.of(() -> base(null, true)).where()).isEqualTo("/w/parent/pom.xml:21:9 <dependency> other");
        other.setLocation("artifactId", new InputLocation(21, 9));
        assertThat(Problems.of(() -> base(null, true)).where()).isEqualTo("/w/pom.xml:21:9 <dependency> other");
    }

    @Test
    void aNameThatIsNoDependency() {
        assertThat(Problems.of(() -> base("none", true))).isEqualTo(new Problem("the base 'none' is no dependency of the project", "workload.yaml:3:7",
                "Add it to <dependencies> in /w/pom.xml with <type>workload</type>; there is none of that type"));
        add("org.example", "one", "workload");
        assertThat(Problems.of(() -> base("library", false)).remedy()).endsWith("; there are: org.example:one");
    }
}
