// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import static dev.marshal.workload.Inheritance.APPENDED;
import static dev.marshal.workload.Inheritance.MERGED;
import static dev.marshal.workload.Inheritance.NONE;
import static dev.marshal.workload.Inheritance.REPLACED;

import dev.marshal.source.SourceSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every option of a workload specification. The one place that knows them: reading, inheritance, messages and documentation follow from it. */
public final class Options {

    private static final Map<String, Option<?>> BY_NAME = new LinkedHashMap<>();

    /** {@code name} */
    public static final Option<String> NAME = option("name", OptionTypes.NAME, NONE, "Name of the workload and of its outputs; the artifactId unless set. Every job needs one.");
    /** {@code base} */
    public static final Option<String> BASE = option("base", OptionTypes.TEXT, NONE, "The workload to inherit from: artifactId or groupId:artifactId of a dependency of type workload. May be left out where there is only one.");
    /** {@code board} */
    public static final Option<String> BOARD = option("board", OptionTypes.FILE, NONE, "For workloads without a base: the board's file, which brings the kernel, drivers, firmware and BusyBox that every workload of the chain starts from.");
    /** {@code workdir} */
    public static final Option<String> WORKDIR = option("workdir", OptionTypes.FOLDER, NONE, "Folder that relative paths start from; the specification's own folder unless set.");
    /** {@code distro} */
    public static final Option<Distro> DISTRO = option("distro", OptionTypes.DISTRO, REPLACED, "Name and options of the distribution that brings the first root filesystem.");
    /** {@code linux.source} */
    public static final Option<SourceSpec> LINUX_SOURCE = option("linux.source", OptionTypes.SOURCE, REPLACED, "The kernel's source.");
    /** {@code linux.config} */
    public static final Option<List<String>> LINUX_CONFIG = option("linux.config", OptionTypes.FILES, APPENDED, "Kernel configuration fragments, applied on top of defconfig and of the base's fragments.");
    /** {@code linux.modules} */
    public static final Option<Map<String, Optional<String>>> LINUX_MODULES = option("linux.modules", OptionTypes.MODULES, MERGED, "Kernel modules built against this kernel and loaded from the initramfs: name as lsmod shows it, and folder with a Makefile that takes LINUXSRC. null removes a module of the base.");
    /** {@code firmware.use-bbl} */
    public static final Option<Boolean> USE_BBL = option("firmware.use-bbl", OptionTypes.BOOLEAN, REPLACED, "true: bbl (riscv-pk) is the bootloader; false, the default: OpenSBI.");
    /** {@code firmware.bbl-src} */
    public static final Option<SourceSpec> BBL_SOURCE = option("firmware.bbl-src", OptionTypes.SOURCE, REPLACED, "The source of riscv-pk.");
    /** {@code firmware.bbl-build-args} */
    public static final Option<List<String>> BBL_ARGS = option("firmware.bbl-build-args", OptionTypes.ARGUMENTS, APPENDED, "Extra arguments for riscv-pk's configure.");
    /** {@code firmware.bbl-config} */
    public static final Option<List<String>> BBL_CONFIG = option("firmware.bbl-config", OptionTypes.FILES, APPENDED, "Kernel configuration fragments that are applied only where bbl is the bootloader, after linux.config of the same workload or board.");
    /** {@code firmware.opensbi-src} */
    public static final Option<SourceSpec> OPENSBI_SOURCE = option("firmware.opensbi-src", OptionTypes.SOURCE, REPLACED, "The source of OpenSBI.");
    /** {@code firmware.opensbi-build-args} */
    public static final Option<List<String>> OPENSBI_ARGS = option("firmware.opensbi-build-args", OptionTypes.ARGUMENTS, APPENDED, "Extra arguments for OpenSBI's make.");
    /** {@code busybox.source} */
    public static final Option<SourceSpec> BUSYBOX_SOURCE = option("busybox.source", OptionTypes.SOURCE, REPLACED, "The source of BusyBox, which the initramfs and the busybox distribution are made of.");
    /** {@code busybox.config} */
    public static final Option<String> BUSYBOX_CONFIG = option("busybox.config", OptionTypes.FILE, REPLACED, "Configuration fragment laid over BusyBox's defconfig.");
    /** {@code host-init} */
    public static final Option<Script> HOST_INIT = option("host-init", OptionTypes.SCRIPT, NONE, "Script run on the host, in workdir, before anything else is built; it may change anything that the build reads.");
    /** {@code post-bin} */
    public static final Option<Script> POST_BIN = option("post-bin", OptionTypes.SCRIPT, NONE, "Script run on the host after the boot binary and before the image.");
    /** {@code overlay} */
    public static final Option<String> OVERLAY = option("overlay", OptionTypes.FOLDER, NONE, "Folder laid over the root filesystem; root owns what it brings.");
    /** {@code files} */
    public static final Option<List<CopiedFile>> FILES = option("files", OptionTypes.COPIED_FILES, NONE, "Files and folders to copy into the root filesystem: pairs [source, destination]; a destination that ends in / or is a folder of the root filesystem gets the source inside.");
    /** {@code guest-init} */
    public static final Option<Script> GUEST_INIT = option("guest-init", OptionTypes.SCRIPT, NONE, "Script run in the guest exactly once while the image is built, as root, from /.");
    /** {@code run} */
    public static final Option<Script> RUN = option("run", OptionTypes.SCRIPT, NONE, "Script run in the guest at every boot, after all other initialisation. Excludes command.");
    /** {@code command} */
    public static final Option<String> COMMAND = option("command", OptionTypes.TEXT, NONE, "Command line run in the guest at every boot, from /; then the machine powers off. Excludes run.");
    /** {@code outputs} */
    public static final Option<List<String>> OUTPUTS = option("outputs", OptionTypes.TEXTS, REPLACED, "Files and folders copied out of the root filesystem after a run.");
    /** {@code post_run_hook} */
    public static final Option<Script> POST_RUN_HOOK = option("post_run_hook", OptionTypes.SCRIPT, REPLACED, "Script run on the host after a run, in the workdir of the workload that ran, with the output folder as last argument; if it fails, the run has failed.");
    /** {@code rootfs-size} */
    public static final Option<Long> ROOTFS_SIZE = option("rootfs-size", OptionTypes.SIZE, REPLACED, "Size of the root filesystem's image; not below the base's. 0: what is used plus a margin. The base's size unless set.");
    /** {@code jobs} */
    public static final Option<List<Specification>> JOBS = option("jobs", OptionTypes.JOBS, NONE, "Workloads that run together, each a specification of its own. The base of a job is this workload unless it names another; paths start from this workload's workdir. Its outputs are called WORKLOAD-JOB.");
    /** {@code launch} */
    public static final Option<Boolean> LAUNCH = option("launch", OptionTypes.BOOLEAN, REPLACED, "false: built, but not booted by the boot goal.");
    /** {@code bin} */
    public static final Option<String> BIN = option("bin", OptionTypes.FILE, NONE, "A boot binary to take as it is; no kernel is built. A child that says nothing of the kernel or its firmware, and has no diskless binary, runs on it too.");
    /** {@code img} */
    public static final Option<String> IMG = option("img", OptionTypes.FILE, NONE, "A root filesystem image to take as it is; options that change the image are refused.");
    /** {@code nodisk} */
    public static final Option<Boolean> NODISK = option("nodisk", OptionTypes.BOOLEAN, NONE, "true: the diskless binary is built too, with the root filesystem inside.");
    /** {@code cpus} */
    public static final Option<Integer> CPUS = option("cpus", OptionTypes.COUNT, REPLACED, "Harts of the simulated machine; 4 unless set.");
    /** {@code mem} */
    public static final Option<Long> MEM = option("mem", OptionTypes.MEMORY, REPLACED, "Memory of the simulated machine; 16 GiB unless set, or less where the host has less. More than the host has is taken, with a warning.");
    /** {@code qemu} */
    public static final Option<Optional<String>> QEMU = option("qemu", OptionTypes.SIMULATOR, REPLACED, "Path of QEMU, or its name to look it up on the PATH; null: this workload cannot run on it. A relative path is that of a file of the workload, and travels with it.");
    /** {@code spike} */
    public static final Option<Optional<String>> SPIKE = option("spike", OptionTypes.SIMULATOR, REPLACED, "Path of Spike, as for qemu; null: this workload cannot run on it.");
    /** {@code qemu-args} */
    public static final Option<List<String>> QEMU_ARGS = option("qemu-args", OptionTypes.ARGUMENTS, REPLACED, "Extra arguments for QEMU; they take the place of the base's. Paths in them are not resolved: a relative one starts from the folder that Maven is called in.");
    /** {@code spike-args} */
    public static final Option<List<String>> SPIKE_ARGS = option("spike-args", OptionTypes.ARGUMENTS, REPLACED, "Extra arguments for Spike; they take the place of the base's. Paths in them are not resolved: a relative one starts from the folder that Maven is called in.");
    /** {@code testing.refDir} */
    public static final Option<String> REF_DIR = option("testing.refDir", OptionTypes.FOLDER, NONE, "Folder of reference outputs.");
    /** {@code testing.buildTimeout} */
    public static final Option<Integer> BUILD_TIMEOUT = option("testing.buildTimeout", OptionTypes.COUNT, NONE, "Seconds that a guest-init boot may take; 1800 unless set.");
    /** {@code testing.runTimeout} */
    public static final Option<Integer> RUN_TIMEOUT = option("testing.runTimeout", OptionTypes.COUNT, NONE, "Seconds that a run may take; 600 unless set.");
    /** {@code testing.strip} */
    public static final Option<Boolean> STRIP = option("testing.strip", OptionTypes.BOOLEAN, NONE, "true: only what the run script or command printed is compared.");
    /** {@code firesim.simulation_outputs} */
    public static final Option<List<String>> SIMULATION_OUTPUTS = option("firesim.simulation_outputs", OptionTypes.TEXTS, NONE, "Passed on to FireSim's description of the workload.");
    /** {@code firesim.simulation_inputs} */
    public static final Option<List<String>> SIMULATION_INPUTS = option("firesim.simulation_inputs", OptionTypes.TEXTS, NONE, "Passed on to FireSim's description of the workload.");

    /** Older spellings that are still understood, and what they are called now. */
    public static final Map<String, String> OLD_NAMES = Collections.unmodifiableMap(new TreeMap<>(Map.of("linux-src", LINUX_SOURCE.name(), "linux-config", LINUX_CONFIG.name())));

    /** What belongs to the workload as a whole, and not to one of its jobs. */
    public static final List<Option<?>> NOT_IN_JOBS = List.of(JOBS, BOARD);

    /** Options of which a specification sets at most one. */
    public static final List<Exclusion> EXCLUSIONS = exclusions();

    private Options() {}

    /** Two options that exclude each other. @param one the one that explains why @param other the other */
    public record Exclusion(Option<?> one, Option<?> other) {}

    private static List<Exclusion> exclusions() {
        List<Exclusion> exclusions = new ArrayList<>();
        exclusions.add(new Exclusion(RUN, COMMAND));
        for (Option<?> option : List.of(OVERLAY, FILES, GUEST_INIT, RUN, COMMAND, ROOTFS_SIZE)) {
            exclusions.add(new Exclusion(IMG, option));
        }
        for (Option<?> option : List.of(LINUX_SOURCE, LINUX_CONFIG, LINUX_MODULES, USE_BBL, NODISK)) {
            exclusions.add(new Exclusion(BIN, option));
        }
        return List.copyOf(exclusions);
    }

    /** All of them, in the order of the documentation. */
    public static List<Option<?>> all() {
        return List.copyOf(BY_NAME.values());
    }

    /** The option of that name. */
    static Optional<Option<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Whether there are options whose names begin with it and a dot. */
    static boolean isGroup(String name) {
        return BY_NAME.keySet().stream().anyMatch(option -> option.startsWith(name + "."));
    }

    /** What may stand at this place. @param group name of the group; empty at the top of a specification */
    static List<String> namesIn(String group) {
        List<String> names = new ArrayList<>();
        for (String name : BY_NAME.keySet()) {
            if (group.isEmpty()) {
                String first = name.split("\\.")[0];
                if (!names.contains(first)) {
                    names.add(first);
                }
            } else if (name.startsWith(group + ".")) {
                names.add(name.substring(group.length() + 1));
            }
        }
        return names;
    }

    private static <T> Option<T> option(String name, OptionType<T> type, Inheritance inheritance, String description) {
        Option<T> option = new Option<>(name, type, inheritance, description);
        BY_NAME.put(name, option);
        return option;
    }
}
