// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.distro.Distribution.BootScript;
import dev.marshal.fixture.Workloads;
import dev.marshal.rootfs.Ext4Identity;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.rootfs.ImagePath;
import dev.marshal.tool.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written for the guest is taken out of the image again, and run by the host's shell. */
class BusyboxScriptTest {

    @TempDir
    Path folder;

    private final BusyboxDistribution busybox = new BusyboxDistribution();
    private Ext4Image image;
    private Path out;

    @BeforeEach
    void make() throws IOException {
        image = new Ext4Image(folder.resolve("image"), Workloads.tools(), Ext4Identity.of("org.example:test:1", Workloads.TIME));
        image.create(Ext4Image.SMALLEST, "test");
        out = Files.createDirectories(folder.resolve("etc/marshal"));
    }

    private interface Edit {
        void apply(ImageEditor editor) throws IOException;
    }

    private void edit(Edit edit) throws IOException {
        try (ImageEditor editor = image.edit()) {
            for (String path : List.of("/etc", "/etc/init.d", "/etc/marshal")) {
                editor.mkdir(ImagePath.of(path), 0755);
            }
            edit.apply(editor);
            editor.apply();
        }
    }

    private Path script(String text) throws IOException {
        return Files.writeString(folder.resolve("user.sh"), text);
    }

    /** Takes a file out of the image, as executable as it is there. */
    private Path extract(String name) throws IOException {
        try (Ext4Reader reader = image.read()) {
            var inode = reader.find(ImagePath.of("/etc/marshal/" + name), false).orElseThrow().inode();
            Path file = out.resolve(name);
            try (var content = reader.content(inode)) {
                Files.write(file, content.readAllBytes());
            }
            assertThat(file.toFile().setExecutable((inode.mode() & 0111) != 0)).isTrue();
            return file;
        }
    }

    private boolean has(String path) throws IOException {
        try (Ext4Reader reader = image.read()) {
            return reader.find(ImagePath.of(path), false).isPresent();
        }
    }

    private static String run(Path program) throws IOException {
        return new Command("run it", program.toString()).output();
    }

    @Test
    void argumentsArriveAsTheyAre() throws IOException {
        List<String> arguments = List.of("plain", "two words", "it's", "\"quoted\"", "$HOME `id` $(id)", "back\\slash", "", "a\nb", "-n", "'", "*");
        edit(editor -> busybox.runAtBoot(editor, new BootScript(script("#!/bin/sh\nprintf '<%s>' \"$@\"\n"), arguments), false));
        extract("run-script");
        assertThat(run(extract("run"))).isEqualTo("<" + String.join("><", arguments) + ">");
    }

    @Test
    void theScriptRunsFromWhereverItWasMovedTo() throws IOException {
        edit(editor -> busybox.runOnce(editor, new BootScript(script("#!/bin/sh\necho \"$0\"\n"), List.of())));
        extract("guest-init-script");
        Path moved = Files.createDirectories(folder.resolve("run/a b"));
        Files.move(extract("guest-init"), moved.resolve("guest-init"));
        Files.move(out.resolve("guest-init-script"), moved.resolve("guest-init-script"));
        assertThat(run(moved.resolve("guest-init")).strip()).isEqualTo(moved.resolve("guest-init-script").toString());
    }

    @Test
    void aCommandIsALineOfTheShellRunFromTheRoot() throws IOException {
        edit(editor -> busybox.runAtBoot(editor, new BootScript(null, List.of("pwd; for i in 1 2; do echo \"it's $i\"; done; exit 3")), true));
        Path command = extract("run");
        Command.Outcome outcome = new Command("run it", command.toString()).run();
        assertThat(outcome.tail()).containsExactly("/", "it's 1", "it's 2");
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(has("/etc/marshal/poweroff")).isTrue();
        assertThat(has("/etc/init.d/S99run")).isTrue();
    }

    @Test
    void aScriptReplacesWhatTheBaseRan() throws IOException {
        edit(editor -> busybox.runAtBoot(editor, new BootScript(script("#!/bin/sh\n"), List.of("x")), true));
        try (Ext4Reader reader = image.read()) {
            assertThat(busybox.runsAtBoot(reader)).isTrue();
        }
        edit(editor -> busybox.runAtBoot(editor, new BootScript(null, List.of("echo new")), false));
        assertThat(run(extract("run"))).isEqualTo("new\n");
        assertThat(has("/etc/marshal/run-script")).isFalse();
        assertThat(has("/etc/marshal/poweroff")).isFalse();
    }

    @Test
    void anImageThatRunsNothing() throws IOException {
        edit(editor -> busybox.runOnce(editor, new BootScript(null, List.of("true"))));
        try (Ext4Reader reader = image.read()) {
            assertThat(busybox.runsAtBoot(reader)).isFalse();
        }
    }
}
