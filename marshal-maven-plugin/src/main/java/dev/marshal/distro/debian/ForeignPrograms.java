// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Tool;
import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether this host can run RISC-V programs as root of a namespace, found out by running one.
 *
 * @param script      the program that enters the namespace
 * @param interpreter what runs them there; empty where the host's own settings do
 */
record ForeignPrograms(Path script, String interpreter) {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final long LOADED_AT = 0x10000;
    private static final int HEADERS = 64 + 56;
    /** {@code exit(EXPECTED)}: li a0, EXPECTED; li a7, 93; ecall. */
    private static final int EXPECTED = 42;
    private static final int[] CODE = {0x00000513 | EXPECTED << 20, 0x05d00893, 0x00000073};

    /**
     * @param folder for files of this class; must outlive what is run
     * @return empty if there is no way on this host
     */
    static Optional<ForeignPrograms> find(Toolbox tools, Path folder) throws IOException {
        if (tools.find(HostTools.UNSHARE).isEmpty()) {
            return Optional.empty();
        }
        Path script = folder.resolve("namespace");
        Files.write(script, Resources.bytes("namespace"));
        Path probe = folder.resolve("probe");
        Files.write(probe, program());
        if (!probe.toFile().setExecutable(true, false)) {
            throw new IOException("could not make " + probe + " executable");
        }
        List<String> interpreters = new ArrayList<>(List.of(""));
        // the second name is that of packages whose program needs no libraries either; a root of its own shows whether that is so
        for (var requirement : List.of(HostTools.QEMU_USER_STATIC, HostTools.QEMU_USER)) {
            tools.find(requirement).map(Tool::path).map(Path::toString).ifPresent(interpreters::add);
        }
        for (String interpreter : interpreters) {
            ForeignPrograms programs = new ForeignPrograms(script, interpreter);
            Path scratch = Files.createDirectories(folder.resolve("scratch"));
            // in a root of its own, where the interpreter's file is out of reach, as it will be
            Command.Outcome outcome = programs.command("run a RISC-V program", scratch, "/bin/sh", "-c", "cp \"$0\" \"$TMPDIR/probe\" && exec chroot \"$TMPDIR\" /probe", probe).limit(LIMIT).run();
            if (outcome.exit() == EXPECTED) {
                return Optional.of(programs);
            }
        }
        return Optional.empty();
    }

    /** A program in a namespace. @param scratch an empty folder, where its temporary files go, in memory */
    Command command(String what, Path scratch, Object... program) {
        return new Command(what, "/bin/sh").args(script, scratch, interpreter).args(program);
    }

    private static byte[] program() {
        ByteBuffer elf = ByteBuffer.allocate(HEADERS + 4 * CODE.length).order(ByteOrder.LITTLE_ENDIAN);
        // 64 bit, little endian; executable; RISC-V
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}).putShort((short) 2).putShort((short) 243).putInt(1);
        elf.putLong(LOADED_AT + HEADERS).putLong(64).putLong(0).putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) 1).putShort((short) 64).putShort((short) 0).putShort((short) 0);
        // one segment, the whole file, readable and executable
        elf.putInt(1).putInt(5).putLong(0).putLong(LOADED_AT).putLong(LOADED_AT).putLong(elf.capacity()).putLong(elf.capacity()).putLong(0x1000);
        for (int instruction : CODE) {
            elf.putInt(instruction);
        }
        return elf.array();
    }
}
