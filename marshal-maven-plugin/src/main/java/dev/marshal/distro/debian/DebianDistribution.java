// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import dev.marshal.distro.RootRequest;
import dev.marshal.distro.systemd.SystemdDistribution;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.rootfs.ImagePath;
import dev.marshal.tool.HostTools;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Debian for riscv64, made of the packages of a mirror by mmdebstrap; systemd runs a workload's script. */
public final class DebianDistribution extends SystemdDistribution {

    private static final long SIZE = 1L << 30;
    private static final String LABEL = "rootfs";

    @Override
    public String name() {
        return "debian";
    }

    @Override
    public List<Option<?>> options() {
        return DebianOptions.all();
    }

    @Override
    public void check(RootRequest request) throws IOException {
        DebianOptions options = DebianOptions.of(request.options());
        request.project().tools().require(HostTools.MMDEBSTRAP);
        if (options.lock().isPresent()) {
            PackageLock.read(options.lock().get());
        }
    }

    @Override
    public void make(RootRequest request, Ext4Image image) throws IOException {
        WorkloadProject project = request.project();
        DebianOptions options = DebianOptions.of(request.options());
        Path folder = project.layout().work().resolve("debian");
        Path archives = project.cache().folder().resolve("debian").resolve("archives");
        WholeOutput.delete(folder);
        Files.createDirectories(folder);
        long begun = System.nanoTime();
        try {
            Optional<ForeignPrograms> programs = options.emulated() ? Optional.empty() : ForeignPrograms.find(project.tools(), folder);
            if (programs.isEmpty() && !options.emulated()) {
                project.log().info("this host cannot run RISC-V programs in a namespace of its own: Debian's packages are configured in a boot of the emulated machine, which takes longer (see docs/distributions.md)");
            }
            Mmdebstrap.Result result;
            try (CacheLock lock = CacheLock.hold(project.cache().lock("debian-archives"), () -> project.log().info("waiting for another build that fetches Debian's packages"))) {
                Files.createDirectories(archives);
                LastUse.claim(project.cache().folder(), archives);
                result = new Mmdebstrap(project, options, folder, archives).run(programs);
            }
            double together = seconds(begun);
            image.create(request.sizeOr(SIZE), LABEL);
            if (result.tar().isPresent()) {
                try (ImageEditor editor = image.edit()) {
                    editor.addTar(result.tar().get(), ImagePath.ROOT);
                    editor.apply();
                }
            } else {
                new EmulatedInstall(project, folder).install(image, result.lock().packages().stream().map(entry -> packageFile(folder, archives, entry)).toList());
            }
            DebianRoot.finish(image, result.mirror(), result.lock());
            Path lockFile = project.layout().target().resolve(project.chain().name() + "-packages.lock");
            WholeOutput.file(lockFile, temporary -> Files.writeString(temporary, result.lock().text()));
            project.log().info(String.format(Locale.ROOT, "%d packages of the suite '%s'; their versions are in %s; put together in %.1f s, a root filesystem %.1f s later", result.lock().packages().size(),
                    result.lock().suite(), lockFile.getFileName(), together, seconds(begun) - together));
        } finally {
            WholeOutput.delete(folder);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static Path packageFile(Path folder, Path archives, PackageLock.Entry entry) {
        Path locked = folder.resolve("archive").resolve(entry.file());
        return Files.exists(locked) ? locked : archives.resolve(entry.file());
    }

    @Override
    public List<InstalledPackage> packages(Ext4Reader image) throws IOException {
        return InstalledPackages.of(image);
    }
}
