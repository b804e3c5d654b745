// SPDX-License-Identifier: Apache-2.0
package dev.marshal.run;

import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.Command;
import dev.marshal.tool.ToolFailure;
import dev.marshal.workload.Script;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** A script of the user's that runs on the host. */
public final class HostScript {

    private final WorkloadProject project;
    private final String name;
    private final Sourced<Script> script;
    private final Path folder;

    /** Runs in the workdir of the workload that names it. @param project what is built @param name what the script is, also the name of its log @param script the script */
    public HostScript(WorkloadProject project, String name, Sourced<Script> script) {
        this(project, name, script, script.layer().workdir());
    }

    /** @param project what is built @param name what the script is, also the name of its log @param script the script @param folder that it runs in */
    HostScript(WorkloadProject project, String name, Sourced<Script> script, Path folder) {
        this.project = project;
        this.name = name;
        this.script = script;
        this.folder = folder;
    }

    /**
     * Runs it; every line that it prints is shown.
     *
     * @param environment variables that it gets beside the user's own
     * @param more        further arguments, after its own
     * @throws ProblemException if it fails
     */
    public void run(Map<String, String> environment, Object... more) throws IOException {
        Path file = script.layer().resolve(script.value().path());
        if (!Files.isExecutable(file)) {
            throw new ProblemException(script.option() + ": the script " + file + (Files.exists(file) ? " is not executable" : " does not exist"), script.where(),
                    Files.exists(file) ? "Run 'chmod +x " + file + "'" : "Create it, or correct the path");
        }
        project.log().info(name + ": " + script.value().path() + " " + String.join(" ", script.value().arguments()));
        try {
            new Command("run " + name, file.toString()).args(script.value().arguments()).args(Arrays.asList(more).stream().map(Object::toString).toList())
                    .in(folder).env("PATH", project.scriptPath()).env(environment).log(project.layout().log(name)).onLine(line -> project.log().info("  " + line)).check();
        } catch (ToolFailure e) {
            throw new ProblemException(script.option() + ": " + e.problems().get(0).what(), script.where(), e.problems().get(0).remedy(), e);
        }
    }
}
