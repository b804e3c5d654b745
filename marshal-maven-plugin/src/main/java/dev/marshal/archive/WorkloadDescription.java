// SPDX-License-Identifier: Apache-2.0
package dev.marshal.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.marshal.workload.KernelBuild;
import java.util.List;
import java.util.Map;

/**
 * {@code workload.json}: what a published workload is, for its children and for whoever asks in five years.
 *
 * @param format         version of this description
 * @param coordinates    {@code groupId:artifactId:version}
 * @param name           name of the workload
 * @param kernelIdentity digest of all that the kernel and the boot binary were made from; null without a kernel
 * @param artifacts      SHA-256 of each further artifact, by {@code classifier.type}
 * @param rootfsBase     what the root filesystem is published as the difference from; null if it is published whole
 * @param rootfsSize     bytes of the root filesystem's image; null if there is none
 * @param layers         the chain, oldest first
 * @param effective      every option that counts: its value, and which workload it comes from
 * @param jobs           what runs instead of the workload itself; null if it has no jobs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkloadDescription(int format, String coordinates, String name, String kernelIdentity, Map<String, String> artifacts, RootfsDescription rootfsBase, Long rootfsSize,
        List<LayerDescription> layers, Map<String, EffectiveOption> effective, List<JobDescription> jobs) {

    /** The format that is written, and the newest that is understood. */
    static final int FORMAT = 1;
    /** Name of the description in the archive. */
    static final String ENTRY = "workload.json";

    /**
     * A workload or board of the chain.
     *
     * @param name          its name
     * @param coordinates   its coordinates; null for a board
     * @param folder        where its files are in the archive
     * @param specification what children inherit of what it says, by option
     * @param identities    what makes the sources that it names what they are, by option
     * @param kernelBuild   the kernel's build folder that it published; null if it did not
     * @param imageInputs   SHA-256 of its artifact {@code image-inputs.tar.zst}; null if it published none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LayerDescription(String name, String coordinates, String folder, Map<String, Object> specification, Map<String, String> identities, KernelBuild kernelBuild, String imageInputs) {}

    /**
     * What a difference stands on.
     *
     * @param coordinates {@code groupId:artifactId:version} of a release
     * @param identity    SHA-256 of its {@code rootfs.img.zst}; or, where that is published as a difference itself, of the two lines that are the SHA-256
     *                    of the difference and the identity of what it stands on
     */
    record RootfsDescription(String coordinates, String identity) {}

    /**
     * A job.
     *
     * @param name       its name in the specification; its artifacts' classifiers begin with it
     * @param outputs    what its outputs are called
     * @param rootfsBase what its root filesystem is published as the difference from; null if it is published whole, or it has none
     * @param effective  every option that counts for it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record JobDescription(String name, String outputs, RootfsDescription rootfsBase, Map<String, EffectiveOption> effective) {}

    /**
     * What counts of an option.
     *
     * @param value the value; all items of a list that is appended to, all entries of a map that is merged
     * @param from  who says it: one workload, or one for each item or entry
     */
    record EffectiveOption(Object value, List<String> from) {}
}
