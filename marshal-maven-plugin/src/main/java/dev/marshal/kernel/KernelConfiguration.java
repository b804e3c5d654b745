// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceTree;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.Sha256;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** Makes a kernel configuration out of {@code defconfig} and fragments, with the kernel's own programs. */
final class KernelConfiguration {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    /** Name of the initramfs in a kernel's build folder, as the configuration has it: relative, so that the folder can be moved. */
    static final String INITRAMFS = "initramfs.cpio";
    private static final String OWN_FRAGMENT = "CONFIG_BLK_DEV_INITRD=y\nCONFIG_INITRAMFS_SOURCE=\"" + INITRAMFS + "\"\n";

    private final WorkloadProject project;
    private final KernelMake make;

    KernelConfiguration(WorkloadProject project, SourceTree source) {
        this.project = project;
        this.make = new KernelMake(project, source);
    }

    /**
     * @param fragments in the order in which they are applied
     * @param config    file to write
     */
    void write(List<Fragment> fragments, Path config) throws IOException {
        make.checkSource();
        Path build = KernelTrees.folder(project, make.source()).resolve("marshal-kconfig");
        try (CacheLock lock = KernelTrees.lock(project, build)) {
            Path log = project.layout().log("kernel-config");
            Path merged = defconfig(build, log);
            String key = Sha256.of(make.source().identity() + "\n" + project.crossCompiler().version() + "\n" + Files.readString(merged));
            for (Fragment fragment : fragments) {
                key = Sha256.of(key + project.digests().of(fragment.file()));
                merged = merge(build, merged, fragment.file(), key, log);
            }
            Path own = build.resolve("own.config");
            Files.writeString(own, OWN_FRAGMENT);
            key = Sha256.of(key + OWN_FRAGMENT);
            merged = merge(build, merged, own, key, log);
            Path complete = complete(build, merged, key, log);
            WholeOutput.file(config, temporary -> Files.copy(complete, temporary));
        }
        for (String warning : ConfigCheck.warnings(fragments, config)) {
            project.log().warn(warning);
        }
    }

    private Path defconfig(Path build, Path log) throws IOException {
        // a user's own source changes in its place
        Path defconfig = build.resolve("merged-defconfig-" + Sha256.of(make.source().identity() + "\n" + project.crossCompiler().version()).substring(0, 16));
        if (!Files.exists(defconfig)) {
            Files.createDirectories(build);
            make.make("make the kernel's defconfig", build, "defconfig").log(log).limit(LIMIT).check();
            WholeOutput.file(defconfig, temporary -> Files.copy(build.resolve(".config"), temporary));
        }
        return defconfig;
    }

    private Path complete(Path build, Path merged, String key, Path log) throws IOException {
        Path complete = build.resolve("complete-" + key.substring(0, 32));
        if (!Files.exists(complete)) {
            Files.copy(merged, build.resolve(".config"), StandardCopyOption.REPLACE_EXISTING);
            make.make("complete the kernel's configuration", build, "olddefconfig").log(log).limit(LIMIT).check();
            WholeOutput.file(complete, temporary -> Files.copy(build.resolve(".config"), temporary));
        }
        return complete;
    }

    /** Merging starts a few processes a symbol, so what is merged is kept. */
    private Path merge(Path build, Path onto, Path fragment, String key, Path log) throws IOException {
        Path merged = build.resolve("merged-" + key.substring(0, 32));
        if (!Files.exists(merged)) {
            Path script = make.source().folder().resolve("scripts/kconfig/merge_config.sh");
            make.environment(new dev.marshal.tool.Command("merge " + fragment + " into the kernel's configuration", "/bin/sh")
                    .args(script, "-m", "-O", build, onto, fragment)).in(build).log(log).limit(LIMIT).check();
            WholeOutput.file(merged, temporary -> Files.copy(build.resolve(".config"), temporary));
        }
        return merged;
    }
}
