// SPDX-License-Identifier: Apache-2.0
package dev.marshal.sbom;

import dev.marshal.source.SourceSpec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A component in the form of CycloneDX 1.6.
 *
 * @param type               one of the specification's words, such as {@code operating-system}
 * @param ref                what others refer to it by; unique in a bill
 * @param group              groupId of a workload; null for all else
 * @param name               its name
 * @param version            its version; null where nobody knows, as of a folder
 * @param hashes             digests of the file that it came in; empty if it came in none
 * @param purl               its package URL; null if there is none
 * @param externalReferences where it comes from
 * @param properties         what the specification has no word for
 */
record Component(String type, String ref, String group, String name, String version, List<Hash> hashes, String purl, List<Reference> externalReferences,
        List<Property> properties) {

    /** @param alg {@code SHA-256} @param content in hexadecimal digits */
    record Hash(String alg, String content) {}

    /** @param type {@code distribution} or {@code vcs} @param url where */
    record Reference(String type, String url) {}

    /** @param name begins with {@code marshal:} @param value its value */
    record Property(String name, String value) {}

    private static final Pattern VERSION = Pattern.compile(".*?[-_]v?(\\d[0-9A-Za-z.+~-]*?)(?:\\.orig)?\\.(?:tar|tgz|tbz2|txz|zip)\\b.*");

    /** What the bill says of it, in the order of the specification; what there is none of is left out. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("bom-ref", ref);
        fields.put("group", group);
        fields.put("name", name);
        fields.put("version", version);
        fields.put("hashes", hashes.stream().map(hash -> pair("alg", hash.alg(), "content", hash.content())).toList());
        fields.put("purl", purl);
        fields.put("externalReferences", externalReferences.stream().map(reference -> pair("type", reference.type(), "url", reference.url())).toList());
        fields.put("properties", properties.stream().map(property -> pair("name", property.name(), "value", property.value())).toList());
        fields.values().removeIf(value -> value == null || value.equals("") || value.equals(List.of()));
        return fields;
    }

    private static Map<String, Object> pair(String name, String value, String otherName, String otherValue) {
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put(name, value);
        pair.put(otherName, otherValue);
        return pair;
    }

    /** All of it in one line: equal for equal components. */
    String line() {
        StringBuilder line = new StringBuilder(type).append(' ').append(ref).append(' ').append(group).append(' ').append(name).append(' ').append(version).append(' ').append(purl);
        hashes.forEach(hash -> line.append(' ').append(hash.alg()).append(':').append(hash.content()));
        externalReferences.forEach(reference -> line.append(' ').append(reference.type()).append('=').append(reference.url()));
        properties.forEach(property -> line.append(' ').append(property.name()).append('=').append(property.value()));
        return line.toString();
    }

    /** Something that has a name and a version, and nothing else. */
    static Component of(String type, String name, String version) {
        return new Component(type, name + (version == null ? "" : "@" + version), null, name, version, List.of(), null, List.of(), List.of());
    }

    /** A workload in a repository. @param coordinates {@code groupId:artifactId:version} */
    static Component workload(String coordinates, List<Property> properties) {
        String[] words = coordinates.split(":");
        String purl = "pkg:maven/" + encoded(words[0]) + "/" + encoded(words[1]) + "@" + encoded(words[2]) + "?type=workload";
        return new Component("operating-system", purl, words[0], words[1], words[2], List.of(), purl, List.of(), properties);
    }

    /**
     * A source that was compiled.
     *
     * @param name     of what it is the source of
     * @param source   as the specification names it
     * @param identity what makes it that source, on every machine
     */
    static Component source(String type, String name, SourceSpec source, String identity) {
        List<Hash> hashes = identity.startsWith("sha256:") ? List.of(new Hash("SHA-256", identity.substring("sha256:".length()))) : List.of();
        List<Property> properties = List.of(new Property("marshal:source", source.toString()), new Property("marshal:identity", identity));
        String version = version(source, identity);
        String purl = "pkg:generic/" + name + (version == null ? "" : "@" + encoded(version));
        List<Reference> references = List.of();
        if (source instanceof SourceSpec.DebianPackage debian) {
            purl = "pkg:deb/debian/" + encoded(debian.name()) + (version == null ? "" : "@" + encoded(version));
        } else if (source instanceof SourceSpec.Url url) {
            references = List.of(new Reference("distribution", url.url()));
        } else if (source instanceof SourceSpec.Git git) {
            references = List.of(new Reference("vcs", git.url()));
        } else if (source instanceof SourceSpec.Artifact artifact) {
            String[] words = artifact.coordinates().split(":");
            purl = "pkg:maven/" + encoded(words[0]) + "/" + encoded(words[1]) + "@" + encoded(version);
        }
        return new Component(type, purl, null, name, version, hashes, purl, references, properties);
    }

    private static String version(SourceSpec source, String identity) {
        if (source instanceof SourceSpec.DebianPackage debian) {
            // the identity is that of the very version that was taken
            return identity.contains("=") ? identity.substring(identity.indexOf('=') + 1) : debian.version();
        }
        if (source instanceof SourceSpec.Git git) {
            return git.commit();
        }
        if (source instanceof SourceSpec.Artifact artifact) {
            return artifact.coordinates().substring(artifact.coordinates().lastIndexOf(':') + 1);
        }
        if (source instanceof SourceSpec.Folder) {
            return null;
        }
        Matcher matcher = VERSION.matcher(source.toString().substring(source.toString().lastIndexOf('/') + 1));
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
    }
}
