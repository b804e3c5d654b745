// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * A TCP port of the guest that can be reached through a port of the host, on 127.0.0.1 only.
 *
 * @param hostPort  port of the host
 * @param guestPort port of the guest
 */
public record Forward(int hostPort, int guestPort) {

    /** Ports are 1 to 65535. */
    public Forward {
        if (hostPort < 1 || hostPort > 65535 || guestPort < 1 || guestPort > 65535) {
            throw new IllegalArgumentException("ports are 1 to 65535, not " + hostPort + " and " + guestPort);
        }
    }

    /** Through a port of the host that is free at this moment. */
    public static Forward free(int guestPort) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return new Forward(socket.getLocalPort(), guestPort);
        }
    }
}
