// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({"0,0", "1073741824,1073741824", "4GiB,4294967296", "4G,4294967296", "4g,4294967296", "4 GiB,4294967296", "4Gi,4294967296", "512M,536870912", "1.5K,1536", "1kB,1000", "2MB,2000000",
        "1TB,1000000000000", "1T,1099511627776", "' 7 ',7", "7B,7"})
    void areReadAsPeopleWriteThem(String text, long bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "-1", "1.G", "4 GiBs", "1e9", "0x10", "4X", "1,5G"})
    void whatIsNoSizeIsTold(String text) {
        assertThatThrownBy(() -> Sizes.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessage("'" + text + "' is no size such as 4GiB, 512M or a number of bytes");
    }

    @Test
    void areShownInTheLargestUnit() {
        assertThat(Sizes.format(0)).isEqualTo("0 bytes");
        assertThat(Sizes.format(1023)).isEqualTo("1023 bytes");
        assertThat(Sizes.format(1536)).isEqualTo("1.5 KiB");
        assertThat(Sizes.format(256L << 20)).isEqualTo("256 MiB");
        assertThat(Sizes.format(16L << 30)).isEqualTo("16 GiB");
        assertThat(Sizes.format(5000L << 40)).isEqualTo("5000 TiB");
    }
}
