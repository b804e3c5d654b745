// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.buildroot;

import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.Command;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.Sha256;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The host's cross compiler as an external toolchain of Buildroot. Buildroot refuses compilers of distributions, whose libraries are not in a folder of
 * their own; here they get one: a copy of the C library and its headers, and scripts in place of the programs, which name it.
 */
final class HostToolchain {

    private static final Pattern VERSION_CODE = Pattern.compile("LINUX_VERSION_CODE\\s+(\\d+)");
    private static final List<String> COMPILERS = List.of("gcc", "g++", "cpp");

    private final WorkloadProject project;

    HostToolchain(WorkloadProject project) {
        this.project = project;
    }

    /** Makes it if the cache does not hold it. @return the settings of Buildroot that name it */
    List<String> provide() throws IOException {
        Path compiler = project.crossCompiler().path();
        Path libraries = ask(compiler, "-print-file-name=libc.a").getParent();
        if (libraries == null || !Files.isDirectory(libraries.resolveSibling("include/linux"))) {
            throw new ProblemException(compiler + " has no C library with headers beside it", null, "Install 'libc6-dev-riscv64-cross' on Debian and Ubuntu");
        }
        String key = Sha256.of(String.join("\n", "1", compiler.toString(), project.crossCompiler().version(), libraries.toString(), project.digests().of(libraries.resolve("libc.a")))).substring(0, 32);
        Path folder = project.cache().folder().resolve("toolchains").resolve(key);
        if (!LastUse.claim(project.cache().folder(), folder)) {
            try (CacheLock lock = CacheLock.hold(project.cache().lock("toolchains-" + key), () -> {})) {
                if (!LastUse.claim(project.cache().folder(), folder)) {
                    WholeOutput.folder(folder, temporary -> make(compiler, libraries, temporary));
                }
            }
        }
        return settings(compiler, folder);
    }

    private static Path ask(Path compiler, String question) throws IOException {
        return Path.of(new Command("ask " + compiler + " for its library", compiler.toString()).args(question).output().strip()).normalize();
    }

    private void make(Path compiler, Path libraries, Path folder) throws IOException {
        Path sysroot = folder.resolve("sysroot");
        Files.createDirectories(sysroot.resolve("usr"));
        copy(libraries.resolveSibling("include"), sysroot.resolve("usr/include"));
        copy(libraries, sysroot.resolve("usr/lib"));
        copy(libraries, sysroot.resolve("lib"));
        Path standard = ask(compiler, "-print-file-name=libstdc++.a");
        if (Files.isRegularFile(standard)) {
            copy(standard, sysroot.resolve("usr/lib/libstdc++.a"));
        }
        // linker scripts name the libraries by their places on the host
        for (Path script : List.of(sysroot.resolve("usr/lib/libc.so"), sysroot.resolve("lib/libc.so"), sysroot.resolve("usr/lib/libm.so"))) {
            if (Files.isRegularFile(script) && Files.size(script) < 4096) {
                Files.writeString(script, Files.readString(script, StandardCharsets.ISO_8859_1).replace(libraries + "/", "/lib/"), StandardCharsets.ISO_8859_1);
            }
        }
        Path programs = Files.createDirectory(folder.resolve("bin"));
        String prefix = compiler.getFileName().toString().replaceFirst("gcc$", "");
        try (Stream<Path> all = Files.list(compiler.getParent())) {
            for (Path program : all.filter(path -> path.getFileName().toString().startsWith(prefix)).toList()) {
                String name = program.getFileName().toString();
                Path target = programs.resolve(name);
                if (COMPILERS.contains(name.substring(prefix.length()))) {
                    Files.writeString(target, resource().replace("@COMPILER@", program.toString()));
                    if (!target.toFile().setExecutable(true, false)) {
                        throw new IOException("could not make " + target + " executable");
                    }
                } else {
                    Files.createSymbolicLink(target, program);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        new Command("copy " + from, "cp").args("-R", "--preserve=mode,links", "--", from, to).check();
    }

    private List<String> settings(Path compiler, Path folder) throws IOException {
        Matcher code = VERSION_CODE.matcher(Files.readString(folder.resolve("sysroot/usr/include/linux/version.h")));
        if (!code.find()) {
            throw new IOException("no LINUX_VERSION_CODE in the headers of " + compiler);
        }
        int version = Integer.parseInt(code.group(1));
        String major = new Command("ask " + compiler + " for its version", compiler.toString()).args("-dumpversion").output().strip().replaceFirst("\\..*", "");
        String name = compiler.getFileName().toString();
        List<String> settings = new ArrayList<>(List.of("BR2_TOOLCHAIN_EXTERNAL=y", "BR2_TOOLCHAIN_EXTERNAL_CUSTOM=y", "BR2_TOOLCHAIN_EXTERNAL_PREINSTALLED=y",
                "BR2_TOOLCHAIN_EXTERNAL_PATH=\"" + folder + "\"", "BR2_TOOLCHAIN_EXTERNAL_CUSTOM_PREFIX=\"" + name.replaceFirst("-gcc$", "") + "\"", "BR2_TOOLCHAIN_EXTERNAL_CUSTOM_GLIBC=y",
                "BR2_TOOLCHAIN_EXTERNAL_GCC_" + major + "=y", "BR2_TOOLCHAIN_EXTERNAL_HEADERS_" + (version >> 16) + "_" + (version >> 8 & 0xff) + "=y"));
        settings.add(Files.exists(folder.resolve("bin").resolve(name.replaceFirst("gcc$", "g++"))) ? "BR2_TOOLCHAIN_EXTERNAL_CXX=y" : "# BR2_TOOLCHAIN_EXTERNAL_CXX is not set");
        // Buildroot wants to be told what the compiler has: glibc no RPC since 2.32, OpenMP as it was built
        settings.add("# BR2_TOOLCHAIN_EXTERNAL_INET_RPC is not set");
        settings.add(ask(compiler, "-print-file-name=libgomp.spec").isAbsolute() ? "BR2_TOOLCHAIN_EXTERNAL_OPENMP=y" : "# BR2_TOOLCHAIN_EXTERNAL_OPENMP is not set");
        return settings;
    }

    private static String resource() throws IOException {
        try (InputStream in = HostToolchain.class.getResourceAsStream("/dev/marshal/distro/buildroot/compiler")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
