// SPDX-License-Identifier: Apache-2.0
package dev.marshal.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a workload's outputs are.
 *
 * @param target the project's build folder
 * @param name   the workload's name
 * @param work   folder for everything that is no output
 */
public record Layout(Path target, String name, Path work) {

    private static final String JOBS = "jobs";

    /** Of a workload. */
    public Layout(Path target, String name) {
        this(target, name, target.resolve("marshal"));
    }

    /** Of a job of this workload. @param job its name */
    public Layout job(String job) {
        return new Layout(target, name + "-" + job, work.resolve(JOBS).resolve(job));
    }

    /** Of all jobs that this workload has or had, since its build folder was last deleted. */
    public List<Layout> jobs() throws IOException {
        Path folder = work.resolve(JOBS);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> jobs = Files.list(folder)) {
            return jobs.map(job -> job(job.getFileName().toString())).toList();
        }
    }

    /** The boot binary. */
    public Path bootBinary() {
        return target.resolve(name + "-bin.elf");
    }

    /** The diskless binary. */
    public Path nodiskBinary() {
        return target.resolve(name + "-nodisk.elf");
    }

    /** The root filesystem's image. */
    public Path image() {
        return target.resolve(name + "-rootfs.img");
    }

    /** The image as it is published. */
    public Path compressedImage() {
        return target.resolve(name + "-rootfs.img.zst");
    }

    /** The image as the difference from the base's. */
    public Path imageDifference() {
        return target.resolve(name + "-rootfs.qcow2");
    }

    /** The bill of materials. */
    public Path sbom() {
        return target.resolve(name + "-cyclonedx.json");
    }

    /** What the root filesystem is made of beside the base's, as it is published. */
    public Path imageInputs() {
        return target.resolve(name + "-image-inputs.tar.zst");
    }

    /** All files that may be handed over beside the main artifact and the bill of materials; which of them there are follows from what is built. */
    public List<Path> furtherArtifacts() {
        return List.of(bootBinary(), nodiskBinary(), compressedImage(), imageDifference(), imageInputs(), linuxConfig(), compressedVmlinux(), kernelBuild(), busyboxBuild());
    }

    /** All files that a build may give. */
    public List<Path> outputs() {
        return Stream.concat(furtherArtifacts().stream(), Stream.of(image(), vmlinux(), sbom(), workload())).toList();
    }

    /** Linux with its symbols. */
    public Path vmlinux() {
        return target.resolve(name + "-vmlinux.elf");
    }

    /** Linux with its symbols, as it is published. */
    public Path compressedVmlinux() {
        return target.resolve(name + "-vmlinux.elf.zst");
    }

    /** The kernel's configuration that the next kernel is made with. */
    public Path kernelConfig() {
        return work().resolve("linux.config");
    }

    /** The configuration of the kernel in the boot binary. */
    public Path linuxConfig() {
        return target.resolve(name + "-linux.config");
    }

    /** The kernel's build folder, as it is published. */
    public Path kernelBuild() {
        return target.resolve(name + "-linux-build.tar.zst");
    }

    /** The compiled BusyBox, as it is published. */
    public Path busyboxBuild() {
        return target.resolve(name + "-busybox.tar.zst");
    }

    /** The main artifact. */
    public Path workload() {
        return target.resolve(name + ".workload");
    }

    /** The kernel's modules as they go into the initramfs: a root with {@code lib/modules/RELEASE}. */
    public Path drivers() {
        return work().resolve("drivers");
    }

    /** The initramfs for a machine with a disk. */
    public Path initramfs() {
        return work().resolve("initramfs.cpio");
    }

    /** Linux as firmware loads it. */
    public Path kernelImage() {
        return work().resolve("Image");
    }

    /** What steps were last built from. */
    public Path records() {
        return work().resolve("records");
    }

    /** What is known of files. */
    public Path digests() {
        return work().resolve("digests");
    }

    /** The log of a tool. */
    public Path log(String step) {
        return work().resolve("log").resolve(step + ".log");
    }

    /** Outputs of runs, a folder a workload or job. */
    public Path runs() {
        return target.resolve("marshal/run");
    }

    /** Outputs of this workload's run. */
    public Path run() {
        return runs().resolve(name);
    }
}
