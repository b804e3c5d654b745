// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a cpio archive as Linux does: from its documentation, not with the library that writes it. */
final class Archive {

    private static final int HEADER = 110;

    private Archive() {}

    /** A member. Names are bytes, each one character. */
    record Member(String name, long inode, int mode, long uid, long gid, long links, long time, long major, long minor, byte[] content) {}

    static List<Member> read(byte[] archive) throws IOException {
        List<Member> members = new ArrayList<>();
        ByteArrayInputStream in = new ByteArrayInputStream(archive);
        while (true) {
            String header = new String(in.readNBytes(HEADER), StandardCharsets.US_ASCII);
            if (!header.startsWith("070701")) {
                throw new IOException("no member starts at " + (archive.length - in.available() - HEADER) + ": '" + header + "'");
            }
            long[] fields = new long[13];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = Long.parseLong(header.substring(6 + 8 * i, 14 + 8 * i), 16);
            }
            String name = new String(in.readNBytes((int) fields[11]), StandardCharsets.ISO_8859_1);
            in.skipNBytes(-(HEADER + fields[11]) & 3);
            byte[] content = in.readNBytes((int) fields[6]);
            in.skipNBytes(-fields[6] & 3);
            name = name.substring(0, name.length() - 1);
            if (name.equals("TRAILER!!!")) {
                return members;
            }
            members.add(new Member(name, fields[0], (int) fields[1], fields[2], fields[3], fields[4], fields[5], fields[9], fields[10], content));
        }
    }

    /** The members by name. */
    static Map<String, Member> read(Path archive) throws IOException {
        Map<String, Member> members = new LinkedHashMap<>();
        for (Member member : read(Files.readAllBytes(archive))) {
            if (members.put(member.name(), member) != null) {
                throw new IOException("there are two of " + member.name());
            }
        }
        return members;
    }
}
