// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firesim;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Command;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.StepRunner;
import dev.marshal.uptodate.Verdict;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Puts a workload where FireSim's manager looks for it. */
public final class InstallStep implements Step {

    /** In the workload's folder: what was installed, and a sign that we did it. */
    private static final String RECORDS = ".marshal";
    private static final Duration LIMIT = Duration.ofMinutes(60);

    private final FireSimWorkload workload;
    private final Path description;
    private final Path folder;
    private final FileDigests digests;

    /**
     * @param workload what to install
     * @param firesim  FireSim's folder
     * @throws ProblemException if that is none, or somebody else's workload of this name is there
     */
    public InstallStep(FireSimWorkload workload, Path firesim) {
        Path workloads = firesim.toAbsolutePath().normalize().resolve("deploy/workloads");
        if (!Files.isDirectory(workloads)) {
            throw new ProblemException(firesim + " is no FireSim: there is no folder deploy/workloads in it", "marshal.firesimDir", "Give the folder that FireSim was cloned to");
        }
        this.workload = workload;
        this.description = workloads.resolve(workload.name() + ".json");
        this.folder = workloads.resolve(workload.name());
        this.digests = new FileDigests(folder.resolve(RECORDS).resolve("digests"));
        if (Files.exists(description) && !Files.isDirectory(folder.resolve(RECORDS))) {
            throw new ProblemException("FireSim has a workload of this name, which was not installed by marshal", description, "Move it away, or give this workload another 'name'");
        }
    }

    /** Installs it if anything changed. @param before told whether that is so */
    public void run(Consumer<Verdict> before) throws IOException {
        new StepRunner(folder.resolve(RECORDS), digests).run(this, before);
    }

    /** The JSON file. */
    public Path description() {
        return description;
    }

    @Override
    public String name() {
        return "install-firesim";
    }

    @Override
    public Inputs inputs() throws IOException {
        Inputs inputs = new Inputs(digests).value("description", json());
        for (Map.Entry<String, Path> file : workload.files().entrySet()) {
            inputs.stamp(file.getKey(), file.getValue());
        }
        return inputs;
    }

    @Override
    public List<Path> outputs() {
        List<Path> outputs = new ArrayList<>(workload.files().keySet().stream().map(folder::resolve).toList());
        outputs.add(description);
        return outputs;
    }

    @Override
    public void build() throws IOException {
        // its being there says that the workload is ours, even if the rest does not come to an end
        Files.createDirectories(folder.resolve(RECORDS));
        for (Map.Entry<String, Path> file : workload.files().entrySet()) {
            WholeOutput.file(folder.resolve(file.getKey()), temporary ->
                    new Command("copy " + file.getValue(), "cp").args("--reflink=auto", "--sparse=always", "--preserve=mode", "--", file.getValue(), temporary).limit(LIMIT).check());
        }
        // last: it may name only what is there
        WholeOutput.file(description, temporary -> Files.writeString(temporary, json()));
    }

    private String json() throws IOException {
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(workload.description()) + "\n";
    }
}
