// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Edits of the host: programs come first in the {@code PATH} that are the same ones elsewhere, other versions, or known by another name. */
final class ToolEdits {

    private static final String MKE2FS = "mke2fs";
    private static final List<String> COPIED = List.of(MKE2FS, "debugfs", "tar", "qemu-img", "make");
    private static final String PREFIX = "riscv64-linux-gnu-";
    private static final String OTHER_PREFIX = "riscv64-unknown-linux-gnu-";
    private static final Pattern YEAR = Pattern.compile("(?<=[0-9]-[A-Z][a-z]{2}-)20[0-9][0-9]");

    private final Editor editor;
    private final EditedChain chain;

    ToolEdits(Editor editor) {
        this.editor = editor;
        this.chain = editor.chain();
    }

    /** All of these kinds. @param compilers also those that have the whole kernel compiled again */
    void addTo(EditKinds kinds, boolean compilers) {
        kinds.add(2, this::sameProgram)
                .add(2, this::anotherMke2fs);
        if (compilers) {
            kinds.add(1, this::anotherCompiler);
        }
    }

    /** A program of the same version, in another file: nothing depends on where it is, or on its time. */
    private RandomEdit sameProgram() throws IOException {
        String name = editor.one(COPIED);
        Path file = chain.tools().resolve(name);
        if (Files.isSymbolicLink(file)) {
            return null;
        }
        if (Files.exists(file)) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - editor.chance(1_000_000)));
            return new RandomEdit("touched the program " + name);
        }
        Files.copy(program(name), Files.createDirectories(chain.tools()).resolve(name));
        return new RandomEdit("a copy of the program " + name + " comes first in the PATH");
    }

    /** The host's own, built on another day, as far as it tells; or those of another version that the environment names. */
    private RandomEdit anotherMke2fs() throws IOException {
        Path file = Files.createDirectories(chain.tools()).resolve(MKE2FS);
        Files.deleteIfExists(file);
        String named = System.getenv("MARSHAL_IT_E2FSPROGS");
        if (named != null && editor.chance(2) == 0) {
            for (String name : List.of(MKE2FS, "debugfs", "resize2fs", "e2fsck")) {
                Files.deleteIfExists(chain.tools().resolve(name));
                Files.createSymbolicLink(chain.tools().resolve(name), Path.of(named).resolve(name));
            }
        } else {
            byte[] program = Files.readAllBytes(program(MKE2FS));
            Matcher day = YEAR.matcher(new String(program, StandardCharsets.ISO_8859_1));
            if (!day.find()) {
                throw new IOException("there is no day in " + program(MKE2FS));
            }
            String year = "20" + (30 + editor.number() % 70);
            System.arraycopy(year.getBytes(StandardCharsets.ISO_8859_1), 0, program, day.start(), year.length());
            Files.write(file, program);
            file.toFile().setExecutable(true);
        }
        return editor.edit("another mke2fs", "one", Editor.IMAGE).must("one", "image", "mke2fs changed: 'mke2fs");
    }

    /** The same compiler under the name that it has elsewhere: it is another for Linux, whose configuration holds what the compiler prints of itself. */
    private RandomEdit anotherCompiler() throws IOException {
        String prefix = chain.property("marshal.crossCompile").equals(PREFIX) ? OTHER_PREFIX : PREFIX;
        if (prefix.equals(OTHER_PREFIX)) {
            try (Stream<Path> programs = Files.list(program(PREFIX + "gcc").getParent())) {
                for (Path program : programs.filter(each -> each.getFileName().toString().startsWith(PREFIX)).toList()) {
                    Path link = Files.createDirectories(chain.tools()).resolve(OTHER_PREFIX + program.getFileName().toString().substring(PREFIX.length()));
                    Files.deleteIfExists(link);
                    Files.createSymbolicLink(link, program);
                }
            }
        }
        chain.property("marshal.crossCompile", prefix);
        return editor.edit("the compiler " + prefix + "gcc", "one", Editor.KERNEL).must("one", "kernel-config", "cross compiler changed: '").must("one", "kernel", "cross compiler changed: '");
    }

    private static Path program(String name) throws IOException {
        // not every user's PATH has the administrators' folders
        Path system = Path.of("/usr/sbin", name);
        return HostPrograms.find(name).or(() -> Optional.of(system).filter(Files::isExecutable)).orElseThrow(() -> new IOException("there is no " + name + " on the PATH"));
    }
}
