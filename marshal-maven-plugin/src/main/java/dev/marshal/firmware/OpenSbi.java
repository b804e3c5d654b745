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
import java.util.Optional;

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
        // make does not see that the place of the device tree changes, hence the objects of the payload go each time
        build.link(() -> link(kernel, log), elf, List.of("payload", objects() + "/fw_payload*"));
    }

    private Path link(KernelImage kernel, Path log) throws IOException {
        if (!Files.isRegularFile(build.source().resolve(OWN_HEADER))) {
            throw new ProblemException("this is no source of OpenSBI: there is no " + OWN_HEADER + " in it", build.source(), "Correct 'firmware.opensbi-src'");
        }
        Path payload = Files.createSymbolicLink(build.folder().resolve("payload"), kernel.file().toAbsolutePath());
        long start = number("FW_TEXT_START", MEMORY);
        long payloadOffset = number("FW_PAYLOAD_OFFSET", PAYLOAD_OFFSET);
        // past the end of the kernel's memory, not only of its file: the kernel clears that memory before it reads the device tree
        long deviceTree = start + Math.max(payloadOffset + align(kernel.memorySize()), DEFAULT_FDT_OFFSET);
        List<String> words = new ArrayList<>(List.of("-C", build.source().toString(), "O=" + build.folder(),
                // the makefile asks readlink for it at each of more than a thousand uses
                "build_dir=" + build.folder(), "-j" + Runtime.getRuntime().availableProcessors(),
                "CROSS_COMPILE=" + crossPrefix, "CC=" + crossPrefix + "gcc " + build.prefixMaps(), "PLATFORM=generic", "FW_DYNAMIC=n", "FW_JUMP=n", "OPENSBI_VERSION_GIT=",
                "FW_TEXT_START=0x" + Long.toHexString(start), "FW_PAYLOAD_OFFSET=0x" + Long.toHexString(payloadOffset), "FW_PAYLOAD_PATH=" + payload,
                // goes before the offset that the platform has of its own
                "FW_PAYLOAD_FDT_ADDR=0x" + Long.toHexString(deviceTree)));
        if (build.sourceIsConstant()) {
            // which headers an object includes: a second run of the compiler for each, which only edits would need
            words.add("deps-y=");
        }
        words.addAll(arguments);
        build.command("compile OpenSBI", tools.require(HostTools.MAKE).path().toString()).args(words).log(log).check();
        return build.folder().resolve(objects()).resolve("fw_payload.elf");
    }

    private String objects() {
        return "platform/" + argument("PLATFORM").orElse("generic") + "/firmware";
    }

    private long number(String name, long otherwise) {
        String text = argument(name).orElse(null);
        try {
            return text == null ? otherwise : Long.decode(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(name + " is no number: '" + text + "'", null, "Correct 'firmware.opensbi-build-args'", e);
        }
    }

    /** The value that the user gives a variable of make; make takes the last. */
    private Optional<String> argument(String name) {
        return arguments.stream().filter(word -> word.startsWith(name + "=")).map(word -> word.substring(name.length() + 1)).reduce((first, last) -> last);
    }

    private static long align(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
