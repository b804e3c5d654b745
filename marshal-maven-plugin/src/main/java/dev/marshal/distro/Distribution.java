// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.uptodate.Inputs;
import dev.marshal.workload.Option;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the root of a chain stands on: it brings the first root filesystem, and knows how that runs a script.
 *
 * <p>Found by {@link java.util.ServiceLoader}: a jar with {@code META-INF/services/dev.marshal.distro.Distribution} that is a dependency of the plugin
 * brings more. Has a public constructor without parameters, and no state: builds run side by side.
 *
 * <p>What every distribution has to keep is the contract of the console: a line {@code marshal: run begins} before a script that runs at boot and
 * {@code marshal: run ended, exit status N} after it; {@code guest-init} in place of {@code run} for one that runs once.
 */
public interface Distribution {

    /** Its name in {@code distro.name}: small letters, digits and {@code -}. */
    String name();

    /** Further names that {@code distro.name} may use. */
    default List<String> aliases() {
        return List.of();
    }

    /**
     * What {@code distro.opts} may say. Read, checked, inherited and published as every option of a specification is; documentation and the JSON
     * Schema follow from it.
     *
     * @return options whose names begin with {@link dev.marshal.workload.Distro#OPTIONS}; their types are in {@link dev.marshal.workload.OptionTypes}
     */
    default List<Option<?>> options() {
        return List.of();
    }

    /** Whether there is a root filesystem at all. */
    default boolean hasRootFilesystem() {
        return true;
    }

    /**
     * Finds what cannot work, before anything is built: options that exclude each other, programs that the host lacks. Unknown options, values of the
     * wrong type and files that are missing have been found before.
     *
     * @throws dev.marshal.problem.ProblemException with all that is wrong
     */
    default void check(RootRequest request) throws IOException {
        // nothing that could be wrong
    }

    /**
     * Adds what else the first root filesystem follows from: versions of programs, variables of the host. The options are among the inputs already,
     * with the files that they name and what the sources that they name are.
     *
     * @param inputs of the step that makes the root filesystem
     */
    default Inputs identify(RootRequest request, Inputs inputs) throws IOException {
        return inputs;
    }

    /**
     * Makes the first root filesystem. Whoever calls gives it the size that the specification asks for.
     *
     * @param image to be made: filled by an {@link ImageEditor} after {@link Ext4Image#create}, or a {@linkplain Ext4Image#copyFrom copy} of a finished one
     */
    void make(RootRequest request, Ext4Image image) throws IOException;

    /**
     * Has a script run at every boot, after all other initialisation, in place of any that the image of the base runs.
     *
     * @param script   what to run
     * @param poweroff whether the machine powers off afterwards
     */
    void runAtBoot(ImageEditor image, BootScript script, boolean poweroff) throws IOException;

    /** Whether an image runs a script at every boot, of this workload's or of a base's. */
    boolean runsAtBoot(Ext4Reader image) throws IOException;

    /** Has a script run at the next boot and never again, in place of what runs at boot; the machine powers off afterwards. */
    void runOnce(ImageEditor image, BootScript script) throws IOException;

    /**
     * The packages that are installed in an image, for the list of what a workload is made of.
     *
     * @param image of this distribution, with whatever the workloads above it installed
     */
    default List<InstalledPackage> packages(Ext4Reader image) throws IOException {
        return List.of();
    }

    /**
     * What runs in the guest.
     *
     * @param file      the script on the host; null for a command line
     * @param words     the script's arguments, or the command line as the only word
     */
    record BootScript(Path file, List<String> words) {}

    /**
     * A package of the distribution.
     *
     * @param name    its name
     * @param version its version
     * @param purl    its package URL ({@code pkg:deb/debian/bash@5.2-1?arch=riscv64}); null if there is none
     */
    record InstalledPackage(String name, String version, String purl) {}
}
