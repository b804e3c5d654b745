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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** OpenSBI for the generic platform, with Linux as its payload (docs/firmware/fw_payload.md of OpenSBI). */
public final class OpenSbi implements Firmware {

    /** Where QEMU's virt machine, Spike and FireSim have their memory. */
    private static final long MEMORY = 0x8000_0000L;
    /** Where the generic platform puts the payload, after its own start. */
    private static final long PAYLOAD_OFFSET = 0x20_0000;
    /** Where the generic platform puts the device tree unless told otherwise. */
    private static final long DEFAULT_FDT_OFFSET = 0x220_0000;
    private static final long ALIGNMENT = 0x20_0000;

    private static final String OWN_HEADER = "include/sbi/sbi_version.h";

    private final FirmwareBuild build;
    private final List<String> arguments;
    private final Toolbox tools;
    private final String crossPrefix;

    /**
     * @param source      its source
     * @param arguments   extra arguments for make
     * @param tools       the host's programs
     * @param crossPrefix prefix of the cross compiler
     * @param cache       where its objects are kept
     * @param log         the user
     */
    public OpenSbi(SourceTree source, List<String> arguments, Toolbox tools, String crossPrefix, Path cache, Log log) {
        this.build = new FirmwareBuild("opensbi", source, arguments, tools, crossPrefix, cache, log);
        this.arguments = List.copyOf(arguments);
        this.tools = tools;
        this.crossPrefix = crossPrefix;
    }

    @Override
    public void link(Path image, Path elf, Path log) throws IOException {
        KernelImage kernel = KernelImage.read(image);
        tools.require(HostTools.PYTHON);
        build.link(() -> link(kernel, log), elf);
    }

    private Path link(KernelImage kernel, Path log) throws IOException {
        if (!Files.isRegularFile(build.source().resolve(OWN_HEADER))) {
            throw new ProblemException("this is no source of OpenSBI: there is no " + OWN_HEADER + " in it", build.source(), "Correct 'firmware.opensbi-src'");
        }
        Path objects = build.folder().resolve("platform/generic/firmware");
        if (Files.isDirectory(objects)) {
            // make does not see that the place of the device tree changes
            try (Stream<Path> files = Files.list(objects)) {
                for (Path file : files.filter(each -> each.getFileName().toString().startsWith("fw_payload")).toList()) {
                    Files.delete(file);
                }
            }
        }
        Path payload = build.folder().resolve("payload");
        Files.deleteIfExists(payload);
        Files.copy(kernel.file(), payload);
        // past the end of the kernel's memory, not only of its file: the kernel clears that memory before it reads the device tree
        long end = PAYLOAD_OFFSET + (kernel.memorySize() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        List<String> words = new ArrayList<>(List.of("-C", build.source().toString(), "O=" + build.folder(), "-j" + Runtime.getRuntime().availableProcessors(),
                "CROSS_COMPILE=" + crossPrefix, "CC=" + crossPrefix + "gcc " + build.prefixMaps(), "PLATFORM=generic", "FW_DYNAMIC=n", "FW_JUMP=n", "OPENSBI_VERSION_GIT=",
                "FW_TEXT_START=0x" + Long.toHexString(MEMORY), "FW_PAYLOAD_PATH=" + payload, "FW_PAYLOAD_FDT_OFFSET=0x" + Long.toHexString(Math.max(end, DEFAULT_FDT_OFFSET))));
        words.addAll(arguments);
        build.command("compile OpenSBI", tools.require(HostTools.MAKE).path().toString()).args(words).log(log).check();
        Files.delete(payload);
        return objects.resolve("fw_payload.elf");
    }
}
