// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import dev.marshal.problem.ProblemException;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Distro;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sourced;
import java.util.List;
import java.util.stream.Collectors;

/** The distributions that a chain can stand on. */
public final class Distributions {

    private static final List<Distribution> ALL = List.of(new BareDistribution(), new BusyboxDistribution());

    private Distributions() {}

    /**
     * The distribution of a chain.
     *
     * @throws ProblemException if nobody names one, or one that there is not
     */
    public static Distribution of(Chain chain) {
        Sourced<Distro> distro = chain.get(Options.DISTRO).orElseThrow(() -> new ProblemException("the workload has neither a base nor a distribution",
                chain.own().specification().where(), "Add a dependency of type 'workload' to the POM, such as dev.marshal.firechip:busybox-base, or set 'distro'"));
        return ALL.stream().filter(distribution -> distribution.name().equals(distro.value().name())).findFirst()
                .orElseThrow(() -> new ProblemException("there is no distribution '" + distro.value().name() + "'", distro.where(),
                        "Use one of: " + ALL.stream().map(Distribution::name).collect(Collectors.joining(", "))));
    }
}
