// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleWatchTest {

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private int stops;

    @Test
    void linesAreReadHoweverTheBytesCome() throws IOException {
        byte[] bytes = "booté\r\nmarshal: run begins\nx\nmarshal: run ended, exit status 4".getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            file.reset();
            ConsoleWatch watch = watch(Long.MAX_VALUE);
            for (int i = 0; i < bytes.length; i += size) {
                watch.write(bytes, i, Math.min(size, bytes.length - i));
            }
            watch.close();
            assertThat(watch.began()).isTrue();
            assertThat(watch.status()).hasValue(4);
            assertThat(watch.tail()).containsExactly("booté", "marshal: run begins", "x", "marshal: run ended, exit status 4");
            assertThat(file.toByteArray()).isEqualTo(bytes);
        }
    }

    @Test
    void theLastStatusCounts() throws IOException {
        ConsoleWatch watch = fed("marshal: run begins\nmarshal: run ended, exit status 0\nmarshal: run ended, exit status 1\n");
        assertThat(watch.status()).hasValue(1);
    }

    @Test
    void aMessageOfTheKernelCutsNoLineInTwo() throws IOException {
        ConsoleWatch watch = fed("marshal: run be[    0.912345] virtio: kernel\r\ngins\nmarshal: run ended, exit sta[    1.400000] one\n[    1.400001] two\ntus 3\n");
        assertThat(watch.began()).isTrue();
        assertThat(watch.status()).hasValue(3);
    }

    @Test
    void aPanicStopsOnce() throws IOException {
        ConsoleWatch watch = fed("\u001b[31m[    1.000000] Kernel panic - not syncing: a\u001b]0;x\u0001\n[    1.000001] Kernel panic - not syncing: b\n");
        assertThat(stops).isEqualTo(1);
        assertThat(watch.fatal()).isEqualTo("Kernel panic - not syncing: a\\x1b]0;x\\x01");
    }

    @Test
    void aLineWithoutEndNeedsLittleMemory() throws IOException {
        ConsoleWatch watch = watch(Long.MAX_VALUE);
        byte[] block = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 64; i++) {
            watch.write(block);
        }
        watch.write('\n');
        assertThat(watch.lastLine()).hasSize(16 * 1024);
        assertThat(file.size()).isEqualTo(64 * block.length + 1);
    }

    @Test
    void moreThanAllowedStopsOnce() throws IOException {
        ConsoleWatch watch = watch(10);
        watch.write("0123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(watch.flooded()).isFalse();
        watch.write('a');
        watch.write('b');
        assertThat(watch.flooded()).isTrue();
        assertThat(stops).isEqualTo(1);
        assertThat(file.toString(StandardCharsets.US_ASCII)).isEqualTo("0123456789a");
    }

    @Test
    void theLastLineIsNotBlank() throws IOException {
        assertThat(fed("a\nb\n\n \n").lastLine()).isEqualTo("b");
        assertThat(fed("").lastLine()).isEmpty();
    }

    private ConsoleWatch fed(String text) throws IOException {
        ConsoleWatch watch = watch(Long.MAX_VALUE);
        watch.write(text.getBytes(StandardCharsets.UTF_8));
        return watch;
    }

    private ConsoleWatch watch(long most) {
        return new ConsoleWatch(GuestScript.RUN, file, most, () -> stops++);
    }
}
