// SPDX-License-Identifier: Apache-2.0
package dev.marshal.run;

import dev.marshal.distro.Distributions;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.machine.Disk;
import dev.marshal.machine.DiskLayer;
import dev.marshal.machine.GuestScript;
import dev.marshal.machine.Machine;
import dev.marshal.machine.MachineRequest;
import dev.marshal.machine.MachineResult;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.Layout;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Identity;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImagePath;
import dev.marshal.rootfs.Outputs;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.verify.References;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run of a built workload or job: boot it, copy its outputs. */
public final class WorkloadRun {

    private final WorkloadProject project;
    private final Layout layout;
    private final Simulation simulation;
    private final boolean diskless;

    /**
     * @param project    what is run
     * @param simulation the machine
     * @param diskless   whether the diskless binary is run
     */
    public WorkloadRun(WorkloadProject project, Simulation simulation, boolean diskless) {
        this.project = project;
        this.layout = project.layout();
        this.simulation = simulation;
        this.diskless = diskless;
    }

    /** Why there is nothing to learn from a boot, such as for a base that only its children run; empty if there is something. */
    public Optional<String> pointless() throws IOException {
        boolean hasBinary = Files.exists(binary());
        // a bare-metal program is all that there is to run, whichever workload of the chain brought it
        boolean program = hasBinary && !Files.exists(layout.image()) && !new KernelPlan(project).exists();
        boolean observed = program || project.chain().value(Options.BIN).isPresent() || project.chain().value(Options.REF_DIR).isPresent() || project.chain().value(Options.OUTPUTS).isPresent();
        if (observed || hasBinary && script(Files.exists(layout.image())) != GuestScript.NONE) {
            return Optional.empty();
        }
        return Optional.of(hasBinary ? "it has neither a run script nor a command, and nothing to compare" : "it has no boot binary");
    }

    /**
     * Boots it and waits for its end.
     *
     * @return how it ended, whatever that is; its outputs are copied
     */
    public RunResult boot() throws IOException {
        WholeOutput.delete(layout.run());
        MachineResult result = simulation.run(request());
        try (DiskLayer layer = result.layer()) {
            copyOutputs(simulation.machine(), result.succeeded(), layer);
        } catch (ProblemException e) {
            return RunResult.of(project, result, e.problems());
        }
        return RunResult.of(project, result, List.of());
    }

    /** Checks, before anything is started, that it can be booted. @throws ProblemException if it cannot */
    public void check() throws IOException {
        simulation.machine().check(request());
    }

    /** What is run. */
    public WorkloadProject project() {
        return project;
    }

    private MachineRequest request() throws IOException {
        Duration limit = Duration.ofSeconds(project.chain().value(Options.RUN_TIMEOUT).orElse(project.settings().runTimeout()));
        return request(Disk.Access.FRESH_LAYER, limit);
    }

    /** Starts it with its console on the user's terminal. @param persist whether what the guest writes is there again at the next launch */
    public MachineResult launch(boolean persist) throws IOException {
        MachineResult result = simulation.machine().launch(request(persist ? Disk.Access.KEPT_LAYER : Disk.Access.FRESH_LAYER, Duration.ofDays(1)));
        if (result.layer() != null) {
            result.layer().close();
        }
        return result;
    }

    private MachineRequest request(Disk.Access access, Duration limit) throws IOException {
        boolean hasImage = Files.exists(layout.image());
        Path binary = binary();
        if (!Files.exists(binary)) {
            throw new ProblemException("there is no " + binary, null, diskless ? "Set 'nodisk: true' in the specification, and run 'mvn package'" : "Run 'mvn package' first");
        }
        Disk disk = diskless || !hasImage ? null : new Disk(layout.image(), access);
        return simulation.request(script(hasImage), binary, disk, layout.run().resolve(References.CONSOLE), layout.work().resolve("machine"), limit);
    }

    private Path binary() throws IOException {
        return diskless ? layout.nodiskBinary() : new KernelPlan(project).bootBinary();
    }

    private GuestScript script(boolean hasImage) throws IOException {
        if (!hasImage) {
            return GuestScript.NONE;
        }
        try (Ext4Reader image = Ext4Reader.open(layout.image())) {
            return Distributions.of(project.chain()).runsAtBoot(image) ? GuestScript.RUN : GuestScript.NONE;
        }
    }

    private void copyOutputs(Machine machine, boolean complain, DiskLayer layer) throws IOException {
        Optional<List<String>> outputs = project.chain().value(Options.OUTPUTS).filter(list -> !list.isEmpty());
        if (outputs.isEmpty()) {
            return;
        }
        if (layer == null) {
            project.log().warn("outputs are not copied: " + (diskless || machine.keepsWrites() ? "the machine had no disk" : machine.title() + " does not keep what the guest writes to its disk"));
            return;
        }
        Path raw = layout.work().resolve("machine/disk.img");
        try {
            layer.rawImage(raw);
            Ext4Image image = new Ext4Image(raw, project.tools(), Ext4Identity.of(project.chain().name(), project.settings().timestamp()));
            if (image.superblock().needsRecovery()) {
                image.repair();
            }
            try (Ext4Reader reader = image.read()) {
                copy(reader, outputs.get(), complain);
            }
        } finally {
            Files.deleteIfExists(raw);
        }
    }

    private void copy(Ext4Reader reader, List<String> outputs, boolean complain) throws IOException {
        Outputs copier = new Outputs(reader);
        List<String> missing = new ArrayList<>();
        for (String output : outputs) {
            if (copier.copy(ImagePath.of(output), layout.run()).isEmpty()) {
                missing.add(output);
            }
        }
        copier.notes().forEach(project.log()::warn);
        if (!missing.isEmpty() && complain) {
            throw new ProblemException("the run left no " + String.join(", ", missing) + ", which 'outputs' names", project.chain().get(Options.OUTPUTS).orElseThrow().where(),
                    "Check the path, and the console in " + layout.run().resolve(References.CONSOLE));
        }
    }
}
