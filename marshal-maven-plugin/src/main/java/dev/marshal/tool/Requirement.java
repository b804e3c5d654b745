// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import java.util.List;

/**
 * A program that the host must have.
 *
 * @param program     its name on the PATH
 * @param minimum     oldest version that works; null if any does
 * @param versionArgs what makes it print its version; empty if it is not asked
 * @param purpose     what it is needed for, as the end of "needed to …"
 * @param debian      its package on Debian and Ubuntu
 * @param fedora      its package on Fedora
 * @param arch        its package on Arch Linux
 */
public record Requirement(String program, Version minimum, List<String> versionArgs, String purpose, String debian, String fedora, String arch) {

    /** The same program under another name, such as a cross compiler with another prefix. */
    public Requirement named(String otherProgram) {
        return new Requirement(otherProgram, minimum, versionArgs, purpose, debian, fedora, arch);
    }

    /** How to get it, as a sentence. */
    public String remedy() {
        return "Install it: 'apt-get install " + debian + "' on Debian and Ubuntu, '" + fedora + "' on Fedora, '" + arch + "' on Arch Linux";
    }
}
