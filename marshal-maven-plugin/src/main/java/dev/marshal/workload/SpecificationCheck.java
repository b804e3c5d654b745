// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.workload.OptionType.NamedPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds everything in a workload's own specification that cannot work, before any work starts. */
public final class SpecificationCheck {

    /** What is first read after the boot binary is made, and the script that follows it may make. */
    private static final Set<Option<?>> AFTER_BINARY = Set.of(Options.OVERLAY, Options.FILES, Options.GUEST_INIT, Options.RUN, Options.POST_RUN_HOOK, Options.REF_DIR);

    private final Layer layer;
    private final List<Problem> problems;

    private SpecificationCheck(Layer layer, List<Problem> problems) {
        this.layer = layer;
        this.problems = problems;
    }

    /**
     * Options that exclude each other.
     *
     * @throws ProblemException with all that is wrong
     */
    public static void options(Layer layer) {
        SpecificationCheck check = new SpecificationCheck(layer, new ArrayList<>());
        for (Options.Exclusion exclusion : Options.EXCLUSIONS) {
            check.exclusive(exclusion.one(), exclusion.other());
        }
        finish(check.problems);
    }

    /**
     * Files that specifications name. Not to be called before the host script ran, which may make them. Where there is a script after the binary, what it
     * may make is left to {@link #filesAfterBinary}.
     *
     * @param layers a workload's own, and what it says to its distribution
     * @throws ProblemException with all that are missing
     */
    public static void files(List<Layer> layers) {
        List<Problem> problems = new ArrayList<>();
        for (Layer layer : layers) {
            SpecificationCheck check = new SpecificationCheck(layer, problems);
            for (Option<?> option : layer.specification().options()) {
                boolean later = AFTER_BINARY.contains(option) && layer.specification().get(Options.POST_BIN).isPresent();
                if (!later && !option.equals(Options.HOST_INIT) && !option.equals(Options.WORKDIR)) {
                    check.exists(option);
                }
            }
        }
        finish(problems);
    }

    /** Files that the script after the boot binary may have made. @throws ProblemException with all that are missing */
    public static void filesAfterBinary(Layer layer) {
        SpecificationCheck check = new SpecificationCheck(layer, new ArrayList<>());
        layer.specification().options().stream().filter(AFTER_BINARY::contains).forEach(check::exists);
        finish(check.problems);
    }

    /** The host script, which must be there before anything runs. */
    public static void hostScript(Layer layer) {
        SpecificationCheck check = new SpecificationCheck(layer, new ArrayList<>());
        check.exists(Options.HOST_INIT);
        finish(check.problems);
    }

    private <T> void exists(Option<T> option) {
        layer.specification().get(option).ifPresent(setting -> {
            for (NamedPath named : option.type().paths(setting.value())) {
                Path path = layer.resolve(named.path());
                String missing = switch (named.shape()) {
                    case FILE -> Files.isRegularFile(path) ? null : "file";
                    case FOLDER -> Files.isDirectory(path) ? null : "folder";
                    case MODULE -> Files.isRegularFile(path.resolve("Makefile")) ? null : "folder with a Makefile";
                    case ANY -> Files.exists(path) ? null : "file or folder";
                };
                if (missing != null) {
                    problems.add(new Problem(option + ": there is no " + missing + " '" + named.path() + "' (looked at " + path + ")", setting.where(named.path()).toString(),
                            "Create it, or correct the path; paths are relative to " + layer.workdir()));
                }
            }
        });
    }

    private void exclusive(Option<?> one, Option<?> other) {
        var first = layer.specification().get(one);
        var second = layer.specification().get(other);
        if (first.isPresent() && second.isPresent()) {
            problems.add(new Problem("'" + other + "' cannot be used together with '" + one + "' (" + first.get().where() + ")", second.get().where().toString(),
                    "Keep one of the two"));
        }
    }

    private static void finish(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }
}
