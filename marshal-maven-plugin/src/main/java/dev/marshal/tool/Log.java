// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

/** Where the core tells the user what it does; a build tool puts its own log behind it. Messages are single lines unless they quote a tool. */
public interface Log {

    /** Seen unless the user asked for quiet. */
    void info(String message);

    /** Something the user should look at; the build goes on. */
    void warn(String message);

    /** Seen only when the user asked for more. */
    void debug(String message);
}
