// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

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

/** Says what {@code package} would do again and why, without doing it. */
@Mojo(name = "explain", requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class ExplainMojo extends BuildMojo {

    @Override
    void build(WorkloadProject workload) throws IOException {
        String prefix = prefix(workload);
        KernelPlan kernel = new KernelPlan(workload);
        List<Step> steps = new ArrayList<>();
        if (kernel.fromBase()) {
            log().info(prefix + "kernel: the same inputs as " + workload.base().orElseThrow().coordinates() + ", whose boot binary is taken");
            if (!workload.base().get().inBuild()) {
                steps.add(new BaseBinaryStep(workload));
            }
        } else if (kernel.exists()) {
            steps.addAll(List.of(new KernelConfigStep(workload, kernel), new DriversStep(workload, kernel), new KernelStep(workload, kernel), new BootBinaryStep(workload, kernel)));
        }
        ImagePlan image = new ImagePlan(workload);
        if (!image.given() && image.exists()) {
            steps.add(new ImageStep(workload, image));
        }
        if (kernel.exists() && workload.chain().value(Options.NODISK).orElse(false)) {
            steps.add(new NodiskStep(workload, kernel));
        }
        StepRunner runner = new StepRunner(workload.layout().records(), workload.digests());
        String first = null;
        for (Step step : steps) {
            Verdict verdict = runner.check(step);
            if (!verdict.upToDate()) {
                log().info(prefix + step.name() + ": would be done again: " + String.join("; ", verdict.reasons()));
                first = first == null ? step.name() : first;
            } else {
                log().info(prefix + step.name() + ": up to date" + (first == null ? "" : ", unless " + first + " gives another result"));
            }
        }
    }
}
