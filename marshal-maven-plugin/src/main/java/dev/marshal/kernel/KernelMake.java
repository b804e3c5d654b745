// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.compiler.CompilerFront;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceTree;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import dev.marshal.problem.ProblemException;

/** Calls the kernel's own makefiles, always with the same environment, so that nothing of the user's session gets into a kernel. */
final class KernelMake {

    /** RISC-V's name in the kernel's tree. */
    static final String ARCH = "riscv";

    private final WorkloadProject project;
    private final SourceTree source;

    KernelMake(WorkloadProject project, SourceTree source) {
        this.project = project;
        this.source = source;
    }

    /**
     * A call of {@code make} for a build folder.
     *
     * @param what    as the end of "could not …"
     * @param build   build folder
     * @param targets targets and further words
     */
    Command make(String what, Path build, String... targets) {
        Stream.of(HostTools.HOST_GCC, HostTools.FLEX, HostTools.BISON, HostTools.BC, HostTools.PERL).forEach(project.tools()::require);
        List<String> words = new ArrayList<>(List.of("-C", source.folder().toString(), "O=" + build, "-j" + project.settings().parallelism()));
        words.addAll(variables());
        words.addAll(List.of(targets));
        return environment(new Command(what, project.tools().require(HostTools.MAKE).path().toString()).args(words));
    }

    /** What every call of the kernel's makefiles says on its command line. */
    List<String> variables() {
        // an empty LOCALVERSION keeps the state of a git repository around the source out of the release's name
        return List.of("ARCH=" + ARCH, "CROSS_COMPILE=" + project.crossPrefix(), "LOCALVERSION=");
    }

    /** Sets what the kernel writes into itself (Documentation/kbuild/reproducible-builds.rst). */
    Command environment(Command command) {
        String time = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT).format(project.settings().timestamp().atZone(ZoneOffset.UTC));
        return command.cleanEnvironment()
                .env("PATH", front().path(project.crossPrefix(), project.tools().searchPath()))
                .env("KBUILD_BUILD_TIMESTAMP", time)
                .env("KBUILD_BUILD_USER", "marshal")
                .env("KBUILD_BUILD_HOST", "marshal")
                .env("KBUILD_BUILD_VERSION", "1");
    }

    /** Lets ccache keep what a call compiles, where the host has it. @param path folders that are searched for programs */
    Command cached(Command command, String path) throws IOException {
        Map<String, String> environment = project.compileEnvironment(path);
        String found = environment.get("PATH");
        return command.env(environment).env("PATH", found.equals(path) ? front().path(project.crossPrefix(), path) : front().pathWithRealCompiler(project.crossPrefix(), found));
    }

    private CompilerFront front() {
        return new CompilerFront(project.tools(), project.cache().folder(), project.log());
    }

    /**
     * Whether the target {@code syncconfig} exists (since Linux 4.18). Where another target finds a configuration that is newer than what was made of it, the
     * makefile calls that one first, and then reads itself again from the beginning, with some dozens of questions to the compiler.
     */
    boolean syncsAlone() throws IOException {
        return Files.readString(source.folder().resolve("scripts/kconfig/Makefile")).contains("syncconfig");
    }

    /** The source tree. */
    SourceTree source() {
        return source;
    }

    /** @throws ProblemException if the source is no kernel, or a user's tree that was built in, which kbuild refuses to build out of */
    void checkSource() {
        Path folder = source.folder();
        if (!Files.isRegularFile(folder.resolve("scripts/kconfig/merge_config.sh"))) {
            throw new ProblemException(source.origin() + " holds no Linux source: there is no scripts/kconfig/merge_config.sh in it", null, "Correct 'linux.source'");
        }
        if (!source.shared() && (Files.exists(folder.resolve(".config")) || Files.isDirectory(folder.resolve("include/config")))) {
            throw new ProblemException("the kernel source " + folder + " was configured or built in place, so it cannot be built from elsewhere", null,
                    "Run 'make -C " + folder + " mrproper' there (it deletes .config: keep a copy), or name another 'linux.source'");
        }
    }
}
