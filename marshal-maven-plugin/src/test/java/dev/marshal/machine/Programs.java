// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.tool.Toolbox;

/** The host's programs, for tests. */
final class Programs {

    static final Toolbox TOOLBOX = new Toolbox(System.getenv("PATH"), (program, ask) -> ask.get());

    private Programs() {}
}
