// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

/** The checksum of ext4's metadata: that of {@code java.util.zip.CRC32C}, but without the inversion at its end, and going on from any value, which that cannot. */
final class Crc32c {

    private static final int POLYNOMIAL = 0x82f63b78;
    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int value = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                value = value >>> 1 ^ ((value & 1) == 0 ? 0 : POLYNOMIAL);
            }
            TABLE[i] = value;
        }
    }

    private Crc32c() {}

    /** Goes on with the first bytes of an array. */
    static int update(int checksum, byte[] bytes, int length) {
        int value = checksum;
        for (int i = 0; i < length; i++) {
            value = value >>> 8 ^ TABLE[(value ^ bytes[i]) & 0xff];
        }
        return value;
    }
}
