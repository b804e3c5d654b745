// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.systemd;

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

class SystemdBootTest {

    @TempDir
    Path folder;
    private Ext4Image image;

    @BeforeEach
    void make() throws IOException {
        image = new Ext4Image(folder.resolve("image"), Workloads.tools(), Ext4Identity.of("org.example:test:1", Workloads.TIME));
        image.create(Ext4Image.SMALLEST, "test");
        edit(SystemdBoot::prepare);
    }

    private interface Edit {
        void apply(ImageEditor editor) throws IOException;
    }

    private void edit(Edit edit) throws IOException {
        try (ImageEditor editor = image.edit()) {
            edit.apply(editor);
            editor.apply();
        }
    }

    private boolean has(String path) throws IOException {
        try (Ext4Reader reader = image.read()) {
            return reader.find(ImagePath.of(path), false).isPresent();
        }
    }

    /** Takes a file out of the image, to the same name below a folder of the host. */
    private Path extract(String path) throws IOException {
        try (Ext4Reader reader = image.read()) {
            var inode = reader.find(ImagePath.of(path), false).orElseThrow().inode();
            Path file = folder.resolve("out" + path);
            Files.createDirectories(file.getParent());
            try (var content = reader.content(inode)) {
                Files.write(file, content.readAllBytes());
            }
            assertThat(file.toFile().setExecutable((inode.mode() & 0111) != 0)).isTrue();
            return file;
        }
    }

    @Test
    void theScriptGetsItsArgumentsAsTheyAre() throws Exception {
        Path script = Files.writeString(folder.resolve("user.sh"), "#!/bin/sh\nfor word; do echo \"[$word]\"; done\n");
        edit(editor -> SystemdBoot.runAtBoot(editor, new BootScript(script, List.of("two words", "it's", "$HOME", "")), false));
        extract("/etc/marshal/run-script");
        assertThat(new Command("run it", extract("/etc/marshal/run").toString()).output()).isEqualTo("[two words]\n[it's]\n[$HOME]\n[]\n");
        assertThat(has("/etc/marshal/poweroff")).isFalse();
        try (Ext4Reader reader = image.read()) {
            assertThat(SystemdBoot.runsAtBoot(reader)).isTrue();
        }
    }

    @Test
    void aCommandTakesThePlaceOfTheBasesScript() throws Exception {
        Path script = Files.writeString(folder.resolve("user.sh"), "#!/bin/sh\n");
        edit(editor -> SystemdBoot.runAtBoot(editor, new BootScript(script, List.of()), false));
        edit(editor -> SystemdBoot.runAtBoot(editor, new BootScript(null, List.of("echo $((1 + 1)); pwd")), true));
        assertThat(new Command("run it", extract("/etc/marshal/run").toString()).output()).isEqualTo("2\n/\n");
        assertThat(has("/etc/marshal/poweroff")).isTrue();
        assertThat(has("/etc/marshal/run-script")).isFalse();
        edit(editor -> SystemdBoot.runAtBoot(editor, new BootScript(null, List.of("true")), false));
        assertThat(has("/etc/marshal/poweroff")).isFalse();
    }

    @Test
    void whatBootsIsTheWorkloadsTarget() throws Exception {
        edit(SystemdBoot::network);
        try (Ext4Reader reader = image.read()) {
            assertThat(reader.find(ImagePath.of("/etc/systemd/system/default.target"), true).orElseThrow().inode().number())
                    .isEqualTo(reader.find(ImagePath.of("/etc/systemd/system/marshal.target"), false).orElseThrow().inode().number());
            assertThat(SystemdBoot.runsAtBoot(reader)).isFalse();
        }
        for (String program : List.of("/usr/local/lib/marshal/marshal-run", "/etc/systemd/system-generators/marshal-address")) {
            new Command("check the syntax", "/bin/sh").args("-n", extract(program)).check();
        }
        assertThat(Files.readString(extract("/etc/systemd/network/80-marshal-eth0.network"))).contains("DHCP=yes");
    }
}
