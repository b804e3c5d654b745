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
 * @param busybox       the BusyBox of its initramfs; null if it was published without
 */
public record KernelBuild(String sha256, String configuration, String source, String compiler, String machine, Busybox busybox) {

    /** The artifact that holds the folder, as {@code classifier.type}. */
    public static final String ARTIFACT = "linux-build.tar.zst";
    /** The artifact that holds its configuration, as {@code classifier.type}. */
    public static final String CONFIGURATION = "linux.config";

    /**
     * A compiled BusyBox as a workload published it, beside the kernel's build folder. It is of use where all but the digest is the same, whatever the host.
     *
     * @param sha256        digest of the artifact {@link #ARTIFACT}
     * @param source        identity of BusyBox's source
     * @param configuration SHA-256 of the file that {@code busybox.config} names
     * @param compiler      the line that the cross compiler prints of itself
     * @param recipe        version of the way in which the plugin builds it
     */
    public record Busybox(String sha256, String source, String configuration, String compiler, String recipe) {

        /** The artifact that holds the program and the list of its names, as {@code classifier.type}. */
        public static final String ARTIFACT = "busybox.tar.zst";
    }

    /** The architecture of this host. */
    public static String thisMachine() {
        return System.getProperty("os.arch");
    }
}
