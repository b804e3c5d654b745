// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.prebuilt;

import dev.marshal.distro.RootRequest;
import dev.marshal.distro.debian.InstalledPackages;
import dev.marshal.distro.prebuilt.PartitionTable.Partition;
import dev.marshal.distro.systemd.SystemdBoot;
import dev.marshal.distro.systemd.SystemdDistribution;
import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.Ext4Superblock;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.rootfs.ImagePath;
import dev.marshal.source.SourceSpec;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.Distro;
import dev.marshal.workload.Inheritance;
import dev.marshal.workload.Option;
import dev.marshal.workload.OptionTypes;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A root filesystem with systemd that somebody else made, such as Fedora's and Ubuntu's images; taken as it is, but for what runs a workload's script. */
public final class PrebuiltDistribution extends SystemdDistribution {

    private static final Option<SourceSpec> IMAGE = new Option<>(Distro.OPTIONS + "image", OptionTypes.SOURCE, Inheritance.REPLACED,
            "the image: https://…#sha256=…, artifact:…, or a file NAME.img, NAME.raw or NAME.qcow2, packed with xz, gz, zst or not; an ext4 file system, or a disk with partitions");
    private static final Option<String> PARTITION = new Option<>(Distro.OPTIONS + "partition", OptionTypes.TEXT, Inheritance.REPLACED,
            "number or label of the partition that is the root file system (the only one of Linux)");
    private static final Option<Boolean> NETWORK = new Option<>(Distro.OPTIONS + "networkd", OptionTypes.BOOLEAN, Inheritance.REPLACED,
            "false: the image brings its own settings of the network; true: systemd-networkd asks for an address of eth0 by DHCP (true where the image has no NetworkManager)");
    private static final List<String> NETWORK_MANAGER = List.of("/usr/sbin/NetworkManager", "/usr/bin/NetworkManager");

    @Override
    public String name() {
        return "prebuilt";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(IMAGE, PARTITION, NETWORK);
    }

    @Override
    public void check(RootRequest request) {
        image(request);
    }

    @Override
    public void make(RootRequest request, Ext4Image image) throws IOException {
        WorkloadProject project = request.project();
        Path file = file(request);
        Path folder = project.layout().work().resolve("prebuilt");
        WholeOutput.delete(folder);
        Files.createDirectories(folder);
        try {
            DiskImage disk = new DiskImage(project, folder);
            Path raw = disk.raw(file);
            Optional<Partition> partition = DiskImage.root(raw, file, request.options().value(PARTITION));
            Path filesystem = raw;
            // the user's own file may hold its zeros, which are to be holes
            if (partition.isPresent() || raw.equals(file)) {
                filesystem = folder.resolve("root.img");
                DiskImage.extract(raw, partition.map(Partition::start).orElse(0L), partition.map(Partition::length).orElse(Files.size(raw)), filesystem);
            }
            requireExt4(filesystem, file, partition);
            image.copyFrom(filesystem);
        } finally {
            WholeOutput.delete(folder);
        }
        if (!image.superblock().clean()) {
            image.repair();
        }
        if (image.superblock().size() != Files.size(image.file())) {
            image.resize(image.superblock().size());
        }
        if (request.size() > image.superblock().size()) {
            image.resize(request.size());
        }
        try (Ext4Reader reader = image.read()) {
            requireSystemd(reader, file);
        }
        prepare(request, image);
    }

    private static void prepare(RootRequest request, Ext4Image image) throws IOException {
        boolean manager;
        try (Ext4Reader reader = image.read()) {
            manager = false;
            for (String program : NETWORK_MANAGER) {
                manager |= reader.find(ImagePath.of(program), true).isPresent();
            }
        }
        try (ImageEditor editor = image.edit()) {
            // names disks and services of the machine that it was made for; ours is mounted before
            editor.addBytes(new byte[0], ImagePath.of("/etc/fstab"), 0644);
            editor.addBytes("".getBytes(StandardCharsets.UTF_8), ImagePath.of("/etc/machine-id"), 0444);
            // waits for a cloud that is not there
            editor.mkdir(ImagePath.of("/etc/cloud"), 0755).addBytes(new byte[0], ImagePath.of("/etc/cloud/cloud-init.disabled"), 0644);
            SystemdBoot.prepare(editor);
            if (request.options().value(NETWORK).orElse(!manager)) {
                SystemdBoot.network(editor);
            }
            editor.apply();
        }
    }

    private static void requireExt4(Path filesystem, Path file, Optional<Partition> partition) throws IOException {
        try {
            Ext4Superblock.of(filesystem);
        } catch (ProblemException e) {
            String where = partition.map(each -> "partition " + each.number() + " of the image").orElse("the image, which has no partitions,");
            throw new ProblemException(where + " cannot be taken: " + e.problems().get(0).what(), file,
                    "Take an image whose root is ext4 (Fedora's Cloud and Server images are btrfs and xfs), or set 'distro.opts.partition'", e);
        }
    }

    private static void requireSystemd(Ext4Reader reader, Path file) throws IOException {
        if (reader.find(ImagePath.of("/usr/lib/systemd/systemd"), true).isEmpty() && reader.find(ImagePath.of("/lib/systemd/systemd"), true).isEmpty()) {
            throw new ProblemException("the root file system has no systemd, which would run the workload's script", file, "Take an image of a distribution with systemd, or name another partition in 'distro.opts.partition'");
        }
    }

    private static Sourced<SourceSpec> image(RootRequest request) {
        return request.options().get(IMAGE).orElseThrow(() -> new ProblemException("'" + IMAGE + "' is not set: the distribution 'prebuilt' has no image of its own", request.options().own().specification().where(),
                "Set it to https://…#sha256=…, artifact:GROUP:ARTIFACT:TYPE:CLASSIFIER:VERSION, or a file"));
    }

    private static Path file(RootRequest request) throws IOException {
        Sourced<SourceSpec> image = image(request);
        try {
            return request.project().sources().file(image.value(), image.layer().workdir());
        } catch (ProblemException e) {
            throw new ProblemException(e.problems().stream().map(problem -> new Problem(problem.what() + (problem.where() == null ? "" : " (" + problem.where() + ")"), image.where() + ": " + IMAGE, problem.remedy())).toList());
        }
    }

    @Override
    public List<InstalledPackage> packages(Ext4Reader image) throws IOException {
        return InstalledPackages.of(image);
    }
}
