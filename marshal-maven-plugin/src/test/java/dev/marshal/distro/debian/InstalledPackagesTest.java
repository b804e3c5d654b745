// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.distro.Distribution.InstalledPackage;
import org.junit.jupiter.api.Test;

class InstalledPackagesTest {

    @Test
    void onlyWhatIsInstalledCounts() {
        String status = """
                Package: libstdc++6
                Status: install ok installed
                Architecture: riscv64
                Version: 16-1~exp1
                Description: library
                 Package: not a field

                Package: gone
                Status: deinstall ok config-files
                Architecture: all
                Version: 1

                Package: dbus
                Status: hold ok installed
                Architecture: riscv64
                Version: 1:1.16
                """;
        assertThat(InstalledPackages.parse(status, "debian")).containsExactly(new InstalledPackage("libstdc++6", "16-1~exp1", "pkg:deb/debian/libstdc%2B%2B6@16-1~exp1?arch=riscv64"),
                new InstalledPackage("dbus", "1:1.16", "pkg:deb/debian/dbus@1:1.16?arch=riscv64"));
    }
}
