// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.tool.Command;
import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Images for tests, and what other programs say of them. */
final class Images {

    static final Instant TIME = Instant.parse("2024-02-29T12:34:56Z");
    static final long MEBI = 1 << 20;

    private Images() {}

    static Toolbox tools() {
        return new Toolbox(System.getenv("PATH"), (program, ask) -> ask.get());
    }

    static Ext4Image at(Path file) {
        return new Ext4Image(file, tools(), Ext4Identity.of("org.example:test:1", TIME));
    }

    static Ext4Image create(Path file, long mebi) throws IOException {
        Ext4Image image = at(file);
        image.create(mebi * MEBI, "test");
        return image;
    }

    /** All paths below the root, in order, but lost+found. */
    static List<String> paths(Ext4Image image) throws IOException {
        List<String> paths = new ArrayList<>();
        try (Ext4Reader reader = image.read()) {
            reader.walk(ImagePath.ROOT, entry -> {
                if (!entry.path().isRoot() && !entry.path().equals(ImagePath.of("/lost+found"))) {
                    paths.add(entry.path().toString());
                }
            });
        }
        return paths;
    }

    static Ext4Inode inode(Ext4Image image, String path) throws IOException {
        return inode(image, ImagePath.of(path));
    }

    static Ext4Inode inode(Ext4Image image, ImagePath path) throws IOException {
        try (Ext4Reader reader = image.read()) {
            return reader.find(path, false).orElseThrow(() -> new AssertionError("nothing at " + path)).inode();
        }
    }

    static byte[] bytes(Ext4Image image, ImagePath path) throws IOException {
        try (Ext4Reader reader = image.read(); InputStream in = reader.content(reader.find(path, true).orElseThrow().inode())) {
            return in.readAllBytes();
        }
    }

    static String text(Ext4Image image, String path) throws IOException {
        return new String(bytes(image, ImagePath.of(path)), StandardCharsets.UTF_8);
    }

    static String target(Ext4Image image, String path) throws IOException {
        try (Ext4Reader reader = image.read()) {
            return new String(reader.linkTarget(reader.find(ImagePath.of(path), false).orElseThrow().inode()), StandardCharsets.UTF_8);
        }
    }

    static String run(String program, Object... arguments) throws IOException {
        return new Command("test", program).args(arguments).env("PATH", tools().searchPath()).limit(Duration.ofMinutes(1)).output();
    }

    /** What debugfs, which knows nothing of this code, says. */
    static String debugfs(Ext4Image image, String request) throws IOException {
        return run(image.tool("debugfs"), "-R", request, image.file());
    }

    /** Bytes of disk that a file takes. */
    static long allocated(Path file) throws IOException {
        return Long.parseLong(run("stat", "-c", "%b", file).strip()) * 512;
    }
}
