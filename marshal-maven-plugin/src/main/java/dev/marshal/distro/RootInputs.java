// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import dev.marshal.source.SourceSpec;
import dev.marshal.uptodate.Inputs;
import dev.marshal.workload.Inheritance;
import dev.marshal.workload.Option;
import dev.marshal.workload.OptionType.NamedPath;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/** Everything that a first root filesystem follows from. Neither the place of a file nor the name of a workload counts: the same options give the same root. */
public final class RootInputs {

    private RootInputs() {}

    /** Adds the distribution, its options with all that they name, and what the distribution itself adds. */
    public static Inputs describe(Distribution distribution, RootRequest request, Inputs inputs) throws IOException {
        inputs.value("distribution", distribution.name());
        for (Option<?> option : distribution.options()) {
            describe(option, request, inputs);
        }
        return distribution.identify(request, inputs);
    }

    private static <T> void describe(Option<T> option, RootRequest request, Inputs inputs) throws IOException {
        List<Sourced<T>> all = request.options().all(option);
        boolean one = option.inheritance() == Inheritance.NONE || option.inheritance() == Inheritance.REPLACED;
        List<Sourced<T>> counting = one && !all.isEmpty() ? all.subList(all.size() - 1, all.size()) : all;
        int number = 0;
        for (Sourced<T> sourced : counting) {
            String name = "option " + option + (one ? "" : ", " + ++number);
            List<NamedPath> paths = option.type().paths(sourced.value());
            if (sourced.value() instanceof SourceSpec source) {
                inputs.value(name, request.project().identity(new Sourced<>(source(option), source, sourced.layer(), sourced.where())));
            } else if (paths.isEmpty()) {
                inputs.value(name, option.type().write(sourced.value(), path -> path));
            }
            int file = 0;
            for (NamedPath path : sourced.value() instanceof SourceSpec ? List.<NamedPath>of() : paths) {
                Path resolved = sourced.layer().resolve(path.path());
                inputs.tree(name + ", file " + ++file + ", " + resolved.getFileName(), resolved);
            }
        }
    }

    @SuppressWarnings("unchecked") // its value is a source
    private static Option<SourceSpec> source(Option<?> option) {
        return (Option<SourceSpec>) option;
    }

    /** Adds the distribution's own code, if that is not part of this plugin. */
    public static Inputs code(Distribution distribution, Inputs inputs) throws IOException {
        CodeSource source = distribution.getClass().getProtectionDomain().getCodeSource();
        if (source != null && !Distributions.builtIn(distribution)) {
            try {
                inputs.tree("code of the distribution", Path.of(source.getLocation().toURI()));
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
        }
        return inputs;
    }
}
