// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.image.GivenFileStep;
import dev.marshal.image.ImagePlan;
import dev.marshal.image.ImageStep;
import dev.marshal.kernel.BaseBinaryStep;
import dev.marshal.kernel.BootBinaryStep;
import dev.marshal.kernel.DriversStep;
import dev.marshal.kernel.KernelConfigStep;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.kernel.KernelStep;
import dev.marshal.kernel.NodiskStep;
import dev.marshal.project.WorkloadProject;
import dev.marshal.repository.Attachments;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.StepRunner;
import dev.marshal.uptodate.Verdict;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;

/** Says what {@code package} would do again and why (which file, option, tool or base, with its old and new value), without doing it. */
@Mojo(name = "explain", requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class ExplainMojo extends PublishingMojo {

    /** Of a project of this reactor: what may give another result there, which those that stand on it cannot know before. */
    private static final String UNCERTAIN = "dev.marshal.explain";

    @Inject
    private MavenProjectHelper helper;

    @Override
    void run() throws IOException {
        List<Owned> steps = new ArrayList<>();
        for (WorkloadProject each : workload().withItsJobs()) {
            buildingSteps(each).forEach(step -> steps.add(new Owned(each, step)));
        }
        steps.addAll(publishingSteps());
        steps.add(new Owned(workload(), archiveStep()));
        // where phases run too, what a workload stands on was built a moment ago
        boolean alone = session().getGoals().stream().allMatch(goal -> goal.contains(":"));
        // what any step may depend on
        String uncertain = alone ? uncertainBase() : null;
        if (workload().chain().get(Options.HOST_INIT).isPresent()) {
            log().info("host-init: would run, as in every build; what it changes is not known before");
            uncertain = uncertain == null ? "host-init" : uncertain;
        }
        Map<Path, String> makers = explain(steps, uncertain);
        if (alone) {
            project().setContextValue(UNCERTAIN, uncertain != null || makers.isEmpty() ? uncertain : makers.values().iterator().next());
            handOver();
        }
    }

    /**
     * Says it of every step.
     *
     * @param steps     in the order in which they are done
     * @param uncertain what may change the inputs of them all; null if nothing does
     * @return what may become another file, by that for which it may; the first comes first
     */
    private Map<Path, String> explain(List<Owned> steps, String uncertain) throws IOException {
        Map<Path, String> makers = new LinkedHashMap<>();
        for (Owned each : steps) {
            String title = prefix(each.workload()) + each.step().name();
            Verdict verdict = new StepRunner(each.workload().layout().records(), each.workload().digests()).check(each.step(), makers.keySet());
            String maker = title;
            if (verdict.upToDate()) {
                maker = uncertain != null || verdict.awaited().isEmpty() ? uncertain : makers.get(verdict.awaited().get(0));
                log().info(title + ": up to date" + (maker == null ? "" : ", unless " + maker + " gives another result"));
            } else {
                log().info(title + ": would be done again: " + String.join("; ", verdict.reasons()));
            }
            for (Path output : maker == null ? List.<Path>of() : each.step().outputs()) {
                makers.put(output, maker);
            }
        }
        return makers;
    }

    /** The base, if it is in this reactor and may be built anew; null otherwise. */
    private String uncertainBase() throws IOException {
        String base = workload().base().map(BaseWorkload::coordinates).orElse(null);
        for (MavenProject each : session().getProjects()) {
            if (each.getContextValue(UNCERTAIN) != null && (each.getGroupId() + ":" + each.getArtifactId() + ":" + each.getVersion()).equals(base)) {
                return base;
            }
        }
        return null;
    }

    /** Gives Maven what was built before, as {@code package} does, so that it finds the base of the workloads that follow. */
    private void handOver() throws IOException {
        Path main = workload().layout().workload();
        if (Files.exists(main)) {
            Map<String, Path> files = publishedFiles();
            files.values().removeIf(file -> !Files.exists(file));
            Attachments.attach(project(), helper, main, files);
        }
    }

    private List<Step> buildingSteps(WorkloadProject workload) throws IOException {
        KernelPlan kernel = kernel(workload);
        ImagePlan image = new ImagePlan(workload);
        List<Step> steps = new ArrayList<>();
        if (workload.chain().value(Options.BIN).isPresent()) {
            steps.add(new GivenFileStep(workload, "boot-binary", Options.BIN, workload.layout().bootBinary()));
        } else if (kernel.fromBase()) {
            log().info(prefix(workload) + "kernel: the same inputs as " + workload.base().orElseThrow().coordinates() + ", whose boot binary is taken");
            if (!workload.base().get().inBuild()) {
                steps.add(new BaseBinaryStep(workload));
            }
        }
        if (kernel.compiles()) {
            steps.addAll(List.of(new KernelConfigStep(workload, kernel), new DriversStep(workload, kernel)));
        }
        if (kernel.exists() && !kernel.fromBase()) {
            steps.addAll(List.of(new KernelStep(workload, kernel), new BootBinaryStep(workload, kernel)));
        }
        if (image.given()) {
            steps.add(new GivenFileStep(workload, "image", Options.IMG, workload.layout().image()));
        } else if (image.exists()) {
            steps.add(new ImageStep(workload, image));
        }
        if (kernel.diskless()) {
            steps.add(new NodiskStep(workload, kernel));
        }
        return steps;
    }
}
