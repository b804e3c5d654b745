// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

/**
 * A kernel's build folder as a workload published it, from which other configurations can start instead of from nothing. It is of use only where
 * source, compiler and machine are the same.
 *
 * @param sha256        digest of the artifact {@link #ARTIFACT}
 * @param configuration SHA-256 of the kernel's configuration, which is the artifact {@link #CONFIGURATION}
 * @param source        identity of Linux's source
 * @param compiler      the line that the cross compiler prints of itself
 * @param machine       architecture of the host, whose programs are in the folder too, such as {@code amd64}
 */
public record KernelBuild(String sha256, String configuration, String source, String compiler, String machine) {

    /** The artifact that holds the folder, as {@code classifier.type}. */
    public static final String ARTIFACT = "linux-build.tar.zst";
    /** The artifact that holds its configuration, as {@code classifier.type}. */
    public static final String CONFIGURATION = "linux.config";

    /** The architecture of this host. */
    public static String thisMachine() {
        return System.getProperty("os.arch");
    }
}
