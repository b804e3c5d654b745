// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.tool.Log;

/**
 * Maven's log as the core sees it.
 *
 * @param log Maven's
 */
record MavenLog(org.apache.maven.plugin.logging.Log log) implements Log {

    @Override
    public void info(String message) {
        log.info(message);
    }

    @Override
    public void warn(String message) {
        log.warn(message);
    }

    @Override
    public void debug(String message) {
        log.debug(message);
    }
}
