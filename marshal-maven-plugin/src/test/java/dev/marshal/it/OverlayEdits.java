// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Edits of overlays: files, folders, links of both kinds, permissions. */
final class OverlayEdits {

    private static final List<String> NAMES = List.of("a file", "-rf", "ümläut", "quote\"d", "it's", "$HOME", "semi;colon", "back\\slash", "dot.txt", "x");
    private static final List<String> MODES = List.of("rw-r--r--", "rwxr-xr-x", "rw-------", "rwxrwxrwx", "r--r--r--");

    private final Editor editor;
    private final EditedChain chain;

    OverlayEdits(Editor editor) {
        this.editor = editor;
        this.chain = editor.chain();
    }

    /** All of these kinds. */
    void addTo(EditKinds kinds) {
        kinds.add(8, this::addFile)
                .add(8, this::changeFile)
                .add(4, this::changeUnseen)
                .add(4, this::renameFile)
                .add(4, this::deleteFile)
                .add(4, this::changeMode)
                .add(4, this::addLink)
                .add(3, this::addHardLink)
                .add(3, this::breakHardLink)
                .add(3, this::addFolder)
                .add(3, this::fileBecomesFolder);
    }

    private Path place(String workload) throws IOException {
        List<Path> folders = new ArrayList<>(chain.overlay(workload, path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)));
        folders.add(chain.file(workload, "overlay"));
        return editor.one(folders).resolve(editor.one(NAMES) + " " + editor.number());
    }

    private RandomEdit addFile() throws IOException {
        String workload = editor.workload();
        Path file = place(workload);
        Files.writeString(file, editor.chance(8) == 0 ? "" : editor.text());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(editor.one(MODES)));
        return editor.overlay("a new file", workload, file, "is new");
    }

    private RandomEdit changeFile() throws IOException {
        String workload = editor.workload();
        Path file = editor.one(chain.overlay(workload, EditedChain::regular));
        if (file == null) {
            return null;
        }
        Files.writeString(file, editor.text());
        return editor.overlay("changed", workload, file, "changed");
    }

    /** Neither size nor modification time tell of it. */
    private RandomEdit changeUnseen() throws IOException {
        String workload = editor.workload();
        Path file = editor.one(chain.overlay(workload, path -> EditedChain.regular(path) && path.toFile().length() > 0));
        if (file == null) {
            return null;
        }
        FileTime time = Files.getLastModifiedTime(file);
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2]++;
        Files.write(file, content);
        Files.setLastModifiedTime(file, time);
        return editor.overlay("changed without another size or time:", workload, file, "changed");
    }

    private RandomEdit renameFile() throws IOException {
        String workload = editor.workload();
        Path file = editor.one(chain.overlay(workload, EditedChain::regular));
        if (file == null) {
            return null;
        }
        RandomEdit edit = editor.overlay("renamed", workload, file, "is gone");
        Files.move(file, place(workload));
        return edit;
    }

    private RandomEdit deleteFile() throws IOException {
        String workload = editor.workload();
        Path file = editor.one(chain.overlay(workload, path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)));
        if (file == null) {
            return null;
        }
        Files.delete(file);
        return editor.overlay("deleted", workload, file, "is gone");
    }

    private RandomEdit changeMode() throws IOException {
        String workload = editor.workload();
        Path file = editor.one(chain.overlay(workload, path -> !Files.isSymbolicLink(path)));
        String mode = editor.one(MODES);
        if (file == null || PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals(mode) || Files.isDirectory(file) && !mode.startsWith("rwx")) {
            return null;
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return editor.overlay("mode of", workload, file, "changed");
    }

    private RandomEdit addLink() throws IOException {
        String workload = editor.workload();
        Path link = editor.one(chain.overlay(workload, Files::isSymbolicLink));
        boolean there = link != null && editor.chance(2) == 0;
        link = there ? link : place(workload);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(editor.chance(2) == 0 ? "/somewhere/" + editor.number() : "../else " + editor.number()));
        return editor.overlay(there ? "another target of" : "a new link", workload, link, there ? "changed" : "is new");
    }

    private RandomEdit addHardLink() throws IOException {
        String workload = editor.workload();
        Path file = editor.one(chain.overlay(workload, EditedChain::regular));
        if (file == null) {
            return null;
        }
        Path name = place(workload);
        Files.createLink(name, file);
        return editor.overlay("another name of " + file.getFileName() + ":", workload, name, "is new");
    }

    private RandomEdit breakHardLink() throws IOException {
        String workload = editor.workload();
        for (Path file : chain.overlay(workload, EditedChain::regular)) {
            if (((Number) Files.getAttribute(file, "unix:nlink")).intValue() > 1) {
                Path copy = file.resolveSibling("copy");
                EditedChain.copy(file, copy);
                Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
                return editor.edit("a copy instead of a further name: " + file.getFileName(), workload, Editor.IMAGE).must(workload, "image", "one file with");
            }
        }
        return null;
    }

    private RandomEdit addFolder() throws IOException {
        String workload = editor.workload();
        return editor.overlay("a new folder", workload, Files.createDirectory(place(workload)), "is new");
    }

    private RandomEdit fileBecomesFolder() throws IOException {
        String workload = editor.workload();
        Path file = editor.one(chain.overlay(workload, EditedChain::regular));
        if (file == null) {
            return null;
        }
        Files.delete(file);
        Files.createDirectory(file);
        Files.writeString(file.resolve("inside"), editor.text());
        return editor.overlay("a file became the folder", workload, file, "is new");
    }
}
