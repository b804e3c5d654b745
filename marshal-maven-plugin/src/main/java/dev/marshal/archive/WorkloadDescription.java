// SPDX-License-Identifier: Apache-2.0
package dev.marshal.archive;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.marshal.workload.KernelBuild;
import java.io.IOException;
import java.util.LinkedHashMap;
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
record WorkloadDescription(int format, String coordinates, String name, String kernelIdentity, Map<String, String> artifacts, RootfsDescription rootfsBase, Long rootfsSize,
        List<LayerDescription> layers, Map<String, EffectiveOption> effective, List<JobDescription> jobs) {

    /** The format that is written, and the newest that is understood. */
    static final int FORMAT = 1;
    /** Name of the description in the archive. */
    static final String ENTRY = "workload.json";
    /** JSON as descriptions are read and written: in a fraction of the time that the full data binding takes to start, which every build would pay. */
    static final JSON TEXT = JSON.std.without(JSON.Feature.FAIL_ON_UNKNOWN_BEAN_PROPERTY).with(JSON.Feature.WRITE_NULL_PROPERTIES);

    /** The description as a JSON text that ends with a line end. */
    String json() throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", format);
        put(fields, "coordinates", coordinates);
        put(fields, "name", name);
        put(fields, "kernelIdentity", kernelIdentity);
        put(fields, "artifacts", artifacts);
        put(fields, "rootfsBase", rootfsBase == null ? null : rootfsBase.fields());
        put(fields, "rootfsSize", rootfsSize);
        put(fields, "layers", layers.stream().map(LayerDescription::fields).toList());
        put(fields, "effective", written(effective));
        put(fields, "jobs", jobs == null ? null : jobs.stream().map(JobDescription::fields).toList());
        return TEXT.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(fields) + "\n";
    }

    /** Only what is known is written; but an option's value may be null, where it takes away what a base says. */
    private static void put(Map<String, Object> fields, String name, Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static Map<String, Object> written(KernelBuild build) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sha256", build.sha256());
        fields.put("configuration", build.configuration());
        fields.put("source", build.source());
        fields.put("compiler", build.compiler());
        fields.put("machine", build.machine());
        if (build.busybox() != null) {
            Map<String, Object> busybox = new LinkedHashMap<>();
            busybox.put("sha256", build.busybox().sha256());
            busybox.put("source", build.busybox().source());
            busybox.put("configuration", build.busybox().configuration());
            busybox.put("compiler", build.busybox().compiler());
            busybox.put("recipe", build.busybox().recipe());
            fields.put("busybox", busybox);
        }
        return fields;
    }

    private static Map<String, Object> written(Map<String, EffectiveOption> effective) {
        Map<String, Object> fields = new LinkedHashMap<>();
        effective.forEach((option, each) -> fields.put(option, each.fields()));
        return fields;
    }

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
    record LayerDescription(String name, String coordinates, String folder, Map<String, Object> specification, Map<String, String> identities, KernelBuild kernelBuild, String imageInputs) {

        private Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            put(fields, "name", name);
            put(fields, "coordinates", coordinates);
            put(fields, "folder", folder);
            put(fields, "specification", specification);
            put(fields, "identities", identities);
            put(fields, "kernelBuild", kernelBuild == null ? null : written(kernelBuild));
            put(fields, "imageInputs", imageInputs);
            return fields;
        }
    }

    /**
     * What a difference stands on.
     *
     * @param coordinates {@code groupId:artifactId:version} of a release
     * @param identity    SHA-256 of its {@code rootfs.img.zst}; or, where that is published as a difference itself, of the two lines that are the SHA-256
     *                    of the difference and the identity of what it stands on
     */
    record RootfsDescription(String coordinates, String identity) {

        private Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("coordinates", coordinates);
            fields.put("identity", identity);
            return fields;
        }
    }

    /**
     * A job.
     *
     * @param name       its name in the specification; its artifacts' classifiers begin with it
     * @param outputs    what its outputs are called
     * @param rootfsBase what its root filesystem is published as the difference from; null if it is published whole, or it has none
     * @param effective  every option that counts for it
     */
    record JobDescription(String name, String outputs, RootfsDescription rootfsBase, Map<String, EffectiveOption> effective) {

        private Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            put(fields, "name", name);
            put(fields, "outputs", outputs);
            put(fields, "rootfsBase", rootfsBase == null ? null : rootfsBase.fields());
            put(fields, "effective", written(effective));
            return fields;
        }
    }

    /**
     * What counts of an option.
     *
     * @param value the value; all items of a list that is appended to, all entries of a map that is merged
     * @param from  who says it: one workload, or one for each item or entry
     */
    record EffectiveOption(Object value, List<String> from) {

        private Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("value", value);
            fields.put("from", from);
            return fields;
        }
    }
}
