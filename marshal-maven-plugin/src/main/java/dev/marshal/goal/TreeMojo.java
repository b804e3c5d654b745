// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.distro.Distributions;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Inheritance;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Prints the chain of bases, and for each effective option which workload it comes from. */
@Mojo(name = "tree", requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class TreeMojo extends BuildMojo {

    @Override
    void build(WorkloadProject workload) throws IOException {
        Chain chain = workload.chain();
        String indent = "";
        List<Layer> layers = chain.layers();
        for (int i = layers.size() - 1; i >= 0; i--) {
            log().info(indent + (indent.isEmpty() ? "" : "└─ ") + layers.get(i).label() + (layers.get(i).coordinates() == null ? " (board)" : ""));
            indent += "   ";
        }
        log().info("");
        for (Option<?> option : Options.all()) {
            if (!option.equals(Options.JOBS)) {
                print(chain, option);
            }
        }
        Chain distribution = Distributions.options(chain);
        for (Option<?> option : Distributions.of(chain).options()) {
            print(distribution, option);
        }
    }

    private <T> void print(Chain chain, Option<T> option) throws IOException {
        List<Sourced<T>> all = chain.all(option);
        boolean lastOnly = option.inheritance() == Inheritance.NONE || option.inheritance() == Inheritance.REPLACED;
        for (Sourced<T> sourced : lastOnly && !all.isEmpty() ? all.subList(all.size() - 1, all.size()) : all) {
            log().info(String.format("%-28s %s  [%s, %s]", option.name(), option.type().write(sourced.value(), path -> path), sourced.layer().label(), sourced.where()));
        }
    }
}
