// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import java.io.IOException;
import java.io.InputStream;

/** Files of the plugin that go to the host or the guest as they are. */
final class Resources {

    private Resources() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Resources.class.getResourceAsStream("/dev/marshal/distro/debian/" + name)) {
            return in.readAllBytes();
        }
    }
}
