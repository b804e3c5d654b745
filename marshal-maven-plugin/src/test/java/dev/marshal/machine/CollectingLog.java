// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.tool.Log;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is told. */
final class CollectingLog implements Log {

    final List<String> infos = new CopyOnWriteArrayList<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();

    @Override
    public void info(String message) {
        infos.add(message);
    }

    @Override
    public void warn(String message) {
        warnings.add(message);
    }

    @Override
    public void debug(String message) {
        // not looked at
    }
}
