// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import dev.marshal.machine.Disk;
import dev.marshal.machine.GuestScript;
import dev.marshal.machine.MachineRequest;
import dev.marshal.machine.Qemu;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.rootfs.ImagePath;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a root of packages where the host cannot run their scripts: lays their files into the image, so that it boots far enough, then has dpkg install
 * them in one boot of the emulated machine.
 */
final class EmulatedInstall {

    private static final int CPUS = 2;
    private static final long MEMORY = 1L << 30;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final ImagePath INIT = ImagePath.of("/usr/sbin/init");
    private static final ImagePath ARCHIVES = ImagePath.of("/var/cache/apt/archives");

    private final WorkloadProject project;
    private final Path folder;

    EmulatedInstall(WorkloadProject project, Path folder) {
        this.project = project;
        this.folder = folder;
    }

    /** @param image empty @param packages the files of the packages */
    void install(Ext4Image image, List<Path> packages) throws IOException {
        Path binary = project.layout().bootBinary();
        if (!Files.exists(binary)) {
            throw new ProblemException("this host cannot run RISC-V programs, so the packages are configured in a boot of the emulated machine, but there is no boot binary", binary,
                    "Build the kernel first ('mvn package' does), or install qemu-user-static and uidmap on a host that allows user namespaces");
        }
        List<Path> sorted = new ArrayList<>(packages);
        // its links /bin, /lib and /sbin come before what goes through them
        sorted.sort((one, other) -> Boolean.compare(!isBaseFiles(one), !isBaseFiles(other)));
        try (ImageEditor editor = image.edit()) {
            editor.mkdir(ARCHIVES, 0755);
            for (Path each : sorted) {
                Path tar = folder.resolve("data.tar");
                try (OutputStream out = Files.newOutputStream(tar)) {
                    new Command("unpack " + each.getFileName(), project.tools().require(HostTools.DPKG_DEB).path().toString()).args("--fsys-tarfile", each).copyTo(out).limit(LIMIT).check();
                }
                editor.addTar(tar, ImagePath.ROOT);
                editor.addFile(each, ARCHIVES.resolve(each.getFileName().toString()), 0644);
            }
            // in its place until dpkg puts the real one there
            editor.addBytes(Resources.bytes("second-stage"), INIT, 0755);
            editor.addBytes((project.settings().timestamp().getEpochSecond() / Duration.ofDays(1).toSeconds() + "\n").getBytes(StandardCharsets.US_ASCII), ImagePath.of("/.marshal-days"), 0644);
            editor.apply();
        }
        MachineRequest request = new MachineRequest(project.chain().name(), GuestScript.GUEST_INIT, binary, new Disk(image.file(), Disk.Access.DIRECT), CPUS, MEMORY, List.of(), false, List.of(),
                project.layout().log("debian-second-stage"), folder.resolve("boot"), Duration.ofSeconds(project.settings().buildTimeout()));
        new Qemu(project.tools(), null, project.log()).run(request).check();
        image.repair();
    }

    private static boolean isBaseFiles(Path file) {
        return file.getFileName().toString().startsWith("base-files_");
    }
}
