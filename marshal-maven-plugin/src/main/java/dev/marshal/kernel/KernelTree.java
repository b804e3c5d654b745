// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceTree;
import dev.marshal.tool.Command;
import dev.marshal.tool.Progress;
import dev.marshal.tool.Stragglers;
import dev.marshal.tool.ToolFailure;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The build folder of one kernel configuration, held as long as this object is open. */
final class KernelTree implements AutoCloseable {

    /** How long before the last sign of life a file may have been half written when a build was killed. */
    private static final Duration SUSPICIOUS = Duration.ofMinutes(2);
    private static final String RUNNING = KernelTrees.OWN + "running";
    private static final Duration LIMIT = Duration.ofHours(4);
    /** What is large and quickly made again. */
    static final List<String> LINKED = List.of("vmlinux", "vmlinux.o", "vmlinux.a", ".tmp_vmlinux.kallsyms1", ".tmp_vmlinux.kallsyms2", ".tmp_vmlinux1", ".tmp_vmlinux2",
            "arch/riscv/boot/Image", "arch/riscv/boot/Image.gz", "usr/initramfs_data.o", "usr/initramfs_inc_data", "usr/built-in.a", KernelConfiguration.INITRAMFS);

    private final WorkloadProject project;
    private final KernelMake make;
    private final Path build;
    private final CacheLock lock;
    /** Whether the last build of the folder was cut off, so that any of its files may be missing. */
    private boolean cutOff;

    private KernelTree(WorkloadProject project, KernelMake make, Path build, CacheLock lock) {
        this.project = project;
        this.make = make;
        this.build = build;
        this.lock = lock;
    }

    /** Waits until nobody else holds the folder, and makes it if there is none. */
    static KernelTree open(WorkloadProject project, SourceTree source, Path config) throws IOException {
        KernelMake make = new KernelMake(project, source);
        make.checkSource();
        Path build = KernelTrees.of(project, source, config);
        CacheLock lock = KernelTrees.lock(project, build);
        try {
            KernelTrees.prepare(project, source, build, config);
            KernelTree tree = new KernelTree(project, make, build, lock);
            tree.recover();
            return tree;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The folder. */
    Path folder() {
        return build;
    }

    /** The source that it is a build of. */
    Path source() {
        return make.source().folder();
    }

    /** Makes all that modules are compiled against, if it is not there since Linux was compiled; a user's own source may have changed meanwhile. */
    void prepareModules(Path log) throws IOException {
        if (make.source().shared() && !cutOff && KernelTrees.isComplete(project, build)) {
            return;
        }
        if (make.syncsAlone()) {
            run(make.make("take the kernel's configuration over", build, "syncconfig").log(log), null);
        }
        run(make.make("prepare the kernel for modules", build, "modules_prepare").log(log), null);
    }

    /** The kernel's release, as {@code uname -r} prints it. */
    String release() throws IOException {
        return Files.readString(build.resolve("include/config/kernel.release")).strip();
    }

    /** Compiles the kernel's own modules and installs them below a folder, as {@code lib/modules/RELEASE}. */
    void installModules(Path root, Path log) throws IOException {
        if (!Files.exists(build.resolve(KernelConfiguration.INITRAMFS))) {
            Files.write(build.resolve(KernelConfiguration.INITRAMFS), new byte[0]);
        }
        Progress progress = new Progress(project.log(), "compiling Linux and its modules");
        run(compiling("compile Linux's modules", "vmlinux", "modules").log(log), progress);
        KernelTrees.complete(project, build);
        run(make.make("install Linux's modules", build, "modules_install", "INSTALL_MOD_PATH=" + root, "DEPMOD=true").log(log), null);
        for (String link : List.of("build", "source")) {
            Files.deleteIfExists(root.resolve("lib/modules").resolve(release()).resolve(link));
        }
    }

    /** A call of a module's own makefile. @param parallelism how many compilers run at a time */
    Command makeModule(String name, Path folder, int parallelism) throws IOException {
        // the module is compiled before Linux is linked; ModuleSymbols checks afterwards what modpost cannot know yet
        Command command = make.environment(new Command("compile the module " + name, "make")
                .args("-C", folder, "LINUXSRC=" + build).args(make.variables()).args("KCFLAGS=-ffile-prefix-map=" + folder + "=.", "-j" + parallelism)
                .env("KBUILD_MODPOST_WARN", "1"));
        return make.cached(command, project.scriptPath());
    }

    /**
     * Compiles what is not compiled yet, and links.
     *
     * @param initramfs cpio archive to put inside
     * @param image     {@code arch/riscv/boot/Image} goes here
     * @param vmlinux   {@code vmlinux} goes here
     */
    void link(Path initramfs, Path image, Path vmlinux, Path log) throws IOException {
        compile(initramfs, log);
        WholeOutput.file(image, temporary -> Files.copy(build.resolve("arch/riscv/boot/Image"), temporary));
        WholeOutput.file(vmlinux, temporary -> Files.copy(build.resolve("vmlinux"), temporary));
    }

    /** Compiles what is not compiled yet, if the folder is not complete: somebody may have deleted it after the last build. */
    void complete(Path initramfs, Path log) throws IOException {
        if (!KernelTrees.isComplete(project, build)) {
            compile(initramfs, log);
        }
    }

    private void compile(Path initramfs, Path log) throws IOException {
        Path inside = build.resolve(KernelConfiguration.INITRAMFS);
        if (!Files.exists(inside) || Files.mismatch(initramfs, inside) >= 0) {
            WholeOutput.file(inside, temporary -> Files.copy(initramfs, temporary));
        }
        Progress progress = new Progress(project.log(), "compiling Linux");
        run(compiling("compile Linux", "vmlinux", "Image").log(log), progress);
        dropIntermediate();
        KernelTrees.complete(project, build);
    }

    /** Deletes what the link of another initramfs makes anew in any case: nearly half of the folder, and so of what is copied for another configuration. */
    private void dropIntermediate() throws IOException {
        Files.deleteIfExists(build.resolve("vmlinux.o"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(build, ".tmp_vmlinux*")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Command compiling(String what, String... targets) throws IOException {
        return make.cached(make.make(what, build, targets), project.tools().searchPath());
    }

    /** Deletes what is large and quickly made again, after linking with a large initramfs, so that copies of the folder stay small. */
    void dropLinked() throws IOException {
        for (String file : LINKED) {
            Files.deleteIfExists(build.resolve(file));
        }
    }

    /** The table of symbols that the linked kernel exports. */
    Path exportedSymbols() {
        Path all = build.resolve("Module.symvers");
        Path vmlinux = build.resolve("vmlinux.symvers");
        return Files.exists(vmlinux) ? vmlinux : all;
    }

    private void run(Command command, Progress progress) throws IOException {
        Path running = build.resolve(RUNNING);
        Files.write(running, new byte[0]);
        if (progress != null) {
            command.onLine(progress::makeLine);
        }
        try {
            command.limit(LIMIT).check();
        } catch (ToolFailure e) {
            if (e.exit() > 0 && e.exit() < 128) {
                Files.delete(running); // make ended by itself, and left nothing half made
            }
            throw e;
        }
        Files.delete(running);
        if (progress != null) {
            progress.done();
        }
    }

    /**
     * After a build that was killed: make trusts whatever file is newer than what it is made from, so files that may have been half written then
     * are deleted.
     */
    private void recover() throws IOException {
        Path running = build.resolve(RUNNING);
        if (!Files.exists(running)) {
            return;
        }
        cutOff = true;
        Stragglers.await(build);
        record Seen(Path file, FileTime time) {}
        List<Seen> objects = new ArrayList<>();
        FileTime[] last = {FileTime.fromMillis(0)};
        Files.walkFileTree(build, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                FileTime time = attributes.lastModifiedTime();
                String name = file.getFileName().toString();
                if (!name.equals(".config") && !name.endsWith(".h") && !name.startsWith(".marshal")) {
                    last[0] = time.compareTo(last[0]) > 0 ? time : last[0];
                    objects.add(new Seen(file, time));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        // what was there before that build began, such as a tree that was unpacked a moment ago, is whole
        FileTime begun = Files.getLastModifiedTime(running);
        FileTime suspicious = FileTime.fromMillis(last[0].toMillis() - SUSPICIOUS.toMillis());
        FileTime from = suspicious.compareTo(begun) > 0 ? suspicious : begun;
        project.log().info("the last build of this kernel was cut off: its last files are made again");
        for (Seen seen : objects) {
            if (seen.time().compareTo(from) >= 0 && !seen.file().startsWith(build.resolve("include"))) {
                Files.deleteIfExists(seen.file());
            }
        }
        Files.delete(running);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
