// SPDX-License-Identifier: Apache-2.0
package dev.marshal.packaging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Named;
import javax.inject.Provider;
import javax.inject.Singleton;
import org.apache.maven.lifecycle.mapping.Lifecycle;
import org.apache.maven.lifecycle.mapping.LifecycleMapping;
import org.apache.maven.lifecycle.mapping.LifecyclePhase;

/** Binds the goals of packaging {@code workload} to Maven's phases. */
@Named("workload")
@Singleton
public class WorkloadLifecycleMapping implements Provider<LifecycleMapping> {

    private static final String LIFECYCLE = "default";
    private static final String MARSHAL = "dev.marshal:marshal-maven-plugin:";
    private static final String MAVEN = "org.apache.maven.plugins:";

    private final LifecycleMapping mapping;

    /** Called by Maven. */
    public WorkloadLifecycleMapping() {
        Map<String, LifecyclePhase> phases = new LinkedHashMap<>();
        phases.put("initialize", goals("resolve-base", "host-init"));
        phases.put("generate-sources", goals("kernel-config"));
        phases.put("compile", goals("drivers", "kernel"));
        phases.put("package", goals("boot-binary", "post-bin", "image", "nodisk-binary", "archive"));
        phases.put("integration-test", goals("boot"));
        phases.put("verify", goals("verify"));
        phases.put("install", new LifecyclePhase(MAVEN + "maven-install-plugin:3.1.4:install"));
        phases.put("deploy", new LifecyclePhase(MAVEN + "maven-deploy-plugin:3.1.4:deploy"));
        Lifecycle lifecycle = new Lifecycle();
        lifecycle.setId(LIFECYCLE);
        lifecycle.setLifecyclePhases(phases);
        mapping = new WorkloadMapping(lifecycle);
    }

    @Override
    public LifecycleMapping get() {
        return mapping;
    }

    private static LifecyclePhase goals(String... goals) {
        // without a version, Maven takes the one of the POM that brings this packaging
        return new LifecyclePhase(MARSHAL + String.join("," + MARSHAL, goals));
    }

    private static final class WorkloadMapping implements LifecycleMapping {

        private final Lifecycle lifecycle;

        WorkloadMapping(Lifecycle lifecycle) {
            this.lifecycle = lifecycle;
        }

        @Override
        public Map<String, Lifecycle> getLifecycles() {
            return Map.of(LIFECYCLE, lifecycle);
        }

        @Override
        @Deprecated // Maven 3's interface still asks for it
        public List<String> getOptionalMojos(String id) {
            return List.of();
        }

        @Override
        @Deprecated // Maven 3's interface still asks for it
        public Map<String, String> getPhases(String id) {
            return LIFECYCLE.equals(id) ? lifecycle.getPhases() : null;
        }
    }
}
