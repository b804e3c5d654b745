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
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.StepRunner;
import dev.marshal.uptodate.Verdict;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Says what {@code package} would do again and why (which file, option, tool or base, with its old and new value), without doing it. */
@Mojo(name = "explain", requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class ExplainMojo extends PublishingMojo {

    @Override
    void run() throws IOException {
        List<Owned> steps = new ArrayList<>();
        for (WorkloadProject each : workload().withItsJobs()) {
            buildingSteps(each).forEach(step -> steps.add(new Owned(each, step)));
        }
        steps.addAll(publishingSteps());
        steps.add(new Owned(workload(), archiveStep()));
        workload().chain().get(Options.HOST_INIT).ifPresent(script -> log().info("host-init: would run, as in every build; what it changes is not known before"));
        String first = null;
        for (Owned each : steps) {
            String title = prefix(each.workload()) + each.step().name();
            Verdict verdict = new StepRunner(each.workload().layout().records(), each.workload().digests()).check(each.step());
            if (verdict.upToDate()) {
                log().info(title + ": up to date" + (first == null ? "" : ", unless " + first + " gives another result"));
            } else {
                log().info(title + ": would be done again: " + String.join("; ", verdict.reasons()));
                first = first == null ? title : first;
            }
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
        } else if (kernel.exists()) {
            steps.addAll(List.of(new KernelConfigStep(workload, kernel), new DriversStep(workload, kernel), new KernelStep(workload, kernel), new BootBinaryStep(workload, kernel)));
        }
        if (image.given()) {
            steps.add(new GivenFileStep(workload, "image", Options.IMG, workload.layout().image()));
        } else if (image.exists()) {
            steps.add(new ImageStep(workload, image));
        }
        if (kernel.exists() && workload.chain().value(Options.NODISK).orElse(false)) {
            steps.add(new NodiskStep(workload, kernel));
        }
        return steps;
    }
}
