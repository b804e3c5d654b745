// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyFlushTest {

    private static final long MUCH = 1 << 30;

    @TempDir
    Path folder;

    private FileChannel open() throws IOException {
        return FileChannel.open(folder.resolve("image"), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    }

    private EarlyFlush ofClosed() throws IOException {
        FileChannel file = open();
        file.close();
        return new EarlyFlush(file);
    }

    @Test
    void aDiskThatTakesAllIsWaitedFor() throws IOException {
        try (FileChannel file = open()) {
            EarlyFlush flush = new EarlyFlush(file);
            flush.written(MUCH);
            assertThatCode(flush::await).doesNotThrowAnyException();
        }
    }

    @Test
    void whatTheDiskDidNotTakeIsTold() throws IOException {
        EarlyFlush flush = ofClosed();
        flush.written(MUCH);
        assertThatThrownBy(flush::await).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void littleIsLeftToWhoeverFlushesInTheEnd() throws IOException {
        EarlyFlush flush = ofClosed();
        flush.written(1);
        assertThatCode(flush::await).doesNotThrowAnyException();
    }
}
