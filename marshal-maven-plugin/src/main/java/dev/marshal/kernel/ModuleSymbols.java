// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Checks that the linked kernel exports what the modules use: they are compiled before it, when modpost cannot know. */
final class ModuleSymbols {

    private ModuleSymbols() {}

    /**
     * @param drivers  folder with {@code lib/modules/RELEASE/extra}
     * @param exported the kernel's {@code Module.symvers}
     * @throws ProblemException with every symbol that is missing
     */
    static void check(WorkloadProject project, Path drivers, Path exported) throws IOException {
        List<Path> modules;
        try (Stream<Path> files = Files.walk(drivers)) {
            modules = files.filter(file -> file.getFileName().toString().endsWith(".ko") && file.getParent().endsWith("extra")).sorted().toList();
        }
        Set<String> known = new HashSet<>();
        for (String line : Files.readAllLines(exported)) {
            String[] fields = line.split("\t");
            if (fields.length > 1) {
                known.add(fields[1]);
            }
        }
        for (Path module : modules) {
            symbols(project, module, "--defined-only").stream().filter(symbol -> symbol.startsWith("__ksymtab_")).forEach(symbol -> known.add(symbol.substring("__ksymtab_".length())));
        }
        List<Problem> problems = new ArrayList<>();
        for (Path module : modules) {
            for (String symbol : symbols(project, module, "--undefined-only")) {
                if (!known.contains(symbol)) {
                    problems.add(new Problem("the module " + module.getFileName() + " uses '" + symbol + "', which this kernel does not export", null,
                            "Switch on the kernel option that brings it, in a fragment, or correct the module"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private static List<String> symbols(WorkloadProject project, Path module, String which) throws IOException {
        return new Command("list the symbols of " + module, project.crossPrefix() + "nm").args("-P", which, module).env("PATH", project.tools().searchPath()).limit(Duration.ofMinutes(1)).output()
                .lines().map(line -> line.split(" ")[0]).filter(symbol -> !symbol.isEmpty()).toList();
    }
}
