// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firmware;

import dev.marshal.problem.ProblemException;
import dev.marshal.source.SourceTree;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Log;
import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Berkeley boot loader of riscv-pk, with Linux as its payload. It speaks the legacy SBI only. */
public final class Bbl implements Firmware {

    private final FirmwareBuild build;
    private final List<String> arguments;
    private final Toolbox tools;
    private final String crossPrefix;

    /**
     * @param source      riscv-pk's source
     * @param arguments   extra arguments for configure
     * @param tools       the host's programs
     * @param crossPrefix prefix of the cross compiler
     * @param cache       where its objects are kept
     * @param log         the user
     */
    public Bbl(SourceTree source, List<String> arguments, Toolbox tools, String crossPrefix, Path cache, Log log) {
        this.build = new FirmwareBuild("bbl", source, arguments, tools, crossPrefix, cache, log);
        this.arguments = List.copyOf(arguments);
        this.tools = tools;
        this.crossPrefix = crossPrefix;
    }

    @Override
    public void link(Path image, Path elf, Path log) throws IOException {
        KernelImage kernel = KernelImage.read(image);
        build.link(() -> link(kernel, log), elf, List.of("payload", "bbl_payload", "payload.o", "libbbl.a", "bbl"));
    }

    private Path link(KernelImage kernel, Path log) throws IOException {
        Path configure = build.source().resolve("configure");
        if (!Files.isExecutable(configure)) {
            throw new ProblemException("this is no source of riscv-pk: there is no configure in it", build.source(), "Correct 'firmware.bbl-src'");
        }
        if (!Files.exists(build.folder().resolve("Makefile"))) {
            build.command("configure bbl", configure.toString())
                    .args("--host=" + crossPrefix.substring(0, crossPrefix.length() - 1), "--with-payload=payload", "--with-arch=rv64imafdc_zicsr_zifencei", "--with-abi=lp64d").args(arguments)
                    .log(log.resolveSibling("bbl-configure.log")).check();
        }
        // bbl puts the device tree right behind the payload, where the kernel has memory that it clears: hence the padding
        kernel.copyPadded(build.folder().resolve("payload"));
        // configure sets flags of its own in place of the environment's; its makefile adds the environment's to them
        build.command("compile bbl", tools.require(HostTools.MAKE).path().toString()).args("-j" + Runtime.getRuntime().availableProcessors(), "bbl")
                .env("CFLAGS", build.prefixMaps()).log(log).check();
        return build.folder().resolve("bbl");
    }
}
