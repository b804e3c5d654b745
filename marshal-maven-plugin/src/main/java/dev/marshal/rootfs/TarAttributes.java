// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * An extended attribute of the files in a tar archive, as GNU tar writes it: a record {@code SCHILY.xattr.NAME} of the extended header. Commons Compress
 * takes the values of such records for text, which loses bytes.
 */
final class TarAttributes {

    private static final int BLOCK = 512;
    private static final String PREFIX = "SCHILY.xattr.";
    /** Headers that only describe the next file: names of GNU tar, extended headers. */
    private static final String DESCRIBING = "LKxgX";

    private TarAttributes() {}

    /** @return the attribute's values by the number of the file in the archive, counted from 0 */
    static Map<Integer, byte[]> of(Path tar, String attribute) throws IOException {
        Map<Integer, byte[]> values = new HashMap<>();
        byte[] header = new byte[BLOCK];
        int number = 0;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(tar), 1 << 16))) {
            while (true) {
                in.readFully(header);
                if (header[0] == 0) {
                    return values;
                }
                long size = size(tar, header);
                long padded = (size + BLOCK - 1) / BLOCK * BLOCK;
                char type = (char) header[156];
                if (type == 'x') {
                    byte[] records = new byte[(int) padded];
                    in.readFully(records);
                    byte[] value = value(Arrays.copyOf(records, (int) size), PREFIX + attribute);
                    if (value != null) {
                        values.put(number, value);
                    }
                } else {
                    in.skipNBytes(padded);
                    number += DESCRIBING.indexOf(type) < 0 ? 1 : 0;
                }
            }
        } catch (EOFException e) {
            throw new ProblemException("the archive breaks off in the middle", tar, "Make or fetch it again");
        }
    }

    private static long size(Path tar, byte[] header) {
        if ((header[124] & 0x80) != 0) {
            long size = 0;
            for (int i = 128; i < 136; i++) {
                size = size << 8 | header[i] & 0xff;
            }
            return size;
        }
        String octal = new String(header, 124, 12, StandardCharsets.US_ASCII).replace("\0", "").strip();
        try {
            return octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
        } catch (NumberFormatException e) {
            throw new ProblemException("this is no tar archive, or it is damaged", tar, "Make or fetch it again");
        }
    }

    /** Records are {@code LENGTH NAME=VALUE\n}, the length in decimal and of the whole record. */
    private static byte[] value(byte[] records, String name) {
        for (int at = 0; at < records.length;) {
            int length = 0;
            int i = at;
            for (; i < records.length && records[i] >= '0' && records[i] <= '9'; i++) {
                length = length * 10 + records[i] - '0';
            }
            if (length <= 0 || at + length > records.length) {
                return null;
            }
            byte[] record = Arrays.copyOfRange(records, i + 1, at + length - 1);
            if (new String(record, StandardCharsets.ISO_8859_1).startsWith(name + "=")) {
                return Arrays.copyOfRange(record, name.length() + 1, record.length);
            }
            at += length;
        }
        return null;
    }
}
