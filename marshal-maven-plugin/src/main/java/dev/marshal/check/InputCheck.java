// SPDX-License-Identifier: Apache-2.0
package dev.marshal.check;

import dev.marshal.distro.Distributions;
import dev.marshal.image.ImagePlan;
import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Options;
import dev.marshal.workload.SpecificationCheck;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds all that is wrong with a workload and its jobs before work starts, and tells it in one go, in the order of the files. */
public final class InputCheck {

    private static final Pattern PLACE = Pattern.compile("(.*?):(\\d+)(?::(\\d+))?");

    private final boolean complete;
    /** What a job inherits is wrong once. */
    private final Set<Problem> problems = new LinkedHashSet<>();

    private InputCheck(List<Problem> known, boolean complete) {
        this.complete = complete;
        problems.addAll(known);
    }

    /**
     * Before anything runs. What a host script may make is left to {@link #afterHostScripts}.
     *
     * @param workload as far as it could be read
     * @param known    what is known to be wrong already
     * @param complete whether all that the workload and its jobs stand on is there
     * @throws ProblemException with all that is wrong
     */
    public static void beforeWork(WorkloadProject workload, List<Problem> known, boolean complete) throws IOException {
        InputCheck check = new InputCheck(known, complete);
        boolean scripted = workload.withItsJobs().stream().map(each -> each.chain().own().specification())
                .anyMatch(each -> each.get(Options.HOST_INIT).isPresent() || each.unreadable(Options.HOST_INIT));
        for (WorkloadProject each : workload.withItsJobs()) {
            Layer own = each.chain().own();
            check.collect(() -> SpecificationCheck.options(own));
            check.collect(() -> SpecificationCheck.hostScript(own));
            check.distribution(each);
            if (!scripted) {
                check.files(each);
            }
        }
        check.finish();
    }

    /**
     * Once the host scripts ran, and all must be there that any of them was to make.
     *
     * @throws ProblemException with all that is wrong
     */
    public static void afterHostScripts(WorkloadProject workload) throws IOException {
        InputCheck check = new InputCheck(List.of(), true);
        for (WorkloadProject each : workload.withItsJobs()) {
            check.files(each);
        }
        check.finish();
    }

    /** What the chain says of its distribution. Nothing can be said where a part of the chain is unknown. */
    private void distribution(WorkloadProject each) throws IOException {
        Chain chain = each.chain();
        if (complete && chain.layers().stream().noneMatch(layer -> layer.specification().unreadable(Options.DISTRO))) {
            if (collect(() -> Distributions.options(chain))) {
                collect(() -> new ImagePlan(each).exists());
            }
        } else {
            collect(() -> Distributions.options(chain.own()));
        }
    }

    private void files(WorkloadProject each) throws IOException {
        Layer own = each.chain().own();
        collect(() -> SpecificationCheck.files(List.of(own)));
        boolean sound = collect(() -> SpecificationCheck.files(Distributions.options(own).stream().toList()));
        if (!complete || each.chain().get(Options.DISTRO).isEmpty()) {
            return;
        }
        sound &= collect(() -> Distributions.options(each.chain()));
        if (sound) {
            collect(() -> new ImagePlan(each).checkDistribution());
        }
        collect(() -> {
            ImagePlan image = new ImagePlan(each);
            if (!image.given() && image.distribution().hasRootFilesystem()) {
                image.checkSize();
            }
        });
    }

    /** @return whether nothing was wrong */
    private boolean collect(Check check) throws IOException {
        try {
            check.run();
            return true;
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return false;
        }
    }

    private void finish() {
        if (!problems.isEmpty()) {
            Comparator<Problem> byPlace = Comparator.<Problem, String>comparing(problem -> file(problem)).thenComparingInt(problem -> number(problem, 2)).thenComparingInt(problem -> number(problem, 3));
            throw new ProblemException(problems.stream().sorted(byPlace).toList());
        }
    }

    private static String file(Problem problem) {
        Matcher place = PLACE.matcher(String.valueOf(problem.where()));
        return place.matches() ? place.group(1) : String.valueOf(problem.where());
    }

    private static int number(Problem problem, int group) {
        Matcher place = PLACE.matcher(String.valueOf(problem.where()));
        return place.matches() && place.group(group) != null ? Integer.parseInt(place.group(group)) : 0;
    }

    /** Throws what it finds. */
    @FunctionalInterface
    private interface Check {
        void run() throws IOException;
    }
}
