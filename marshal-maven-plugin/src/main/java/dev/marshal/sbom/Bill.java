// SPDX-License-Identifier: Apache-2.0
package dev.marshal.sbom;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A bill of materials in the form of CycloneDX 1.6. The same materials give the same bytes: its serial number follows from them.
 *
 * @param time       the time that outputs bear
 * @param plugin     marshal, which writes the bill
 * @param subject    what it is the bill of
 * @param components what that was made of
 * @param tools      what it was made with
 */
record Bill(Instant time, Component plugin, Component subject, List<Component> components, List<Component> tools) {

    /** The text of the file. */
    String json() {
        Map<String, Object> bill = new LinkedHashMap<>();
        bill.put("bomFormat", "CycloneDX");
        bill.put("specVersion", "1.6");
        bill.put("version", 1);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("timestamp", time.toString());
        metadata.put("tools", Map.of("components", List.of(plugin.fields())));
        metadata.put("component", subject.fields());
        bill.put("metadata", metadata);
        bill.put("components", components.stream().map(Component::fields).toList());
        Map<String, Object> dependency = new LinkedHashMap<>();
        dependency.put("ref", subject.ref());
        dependency.put("dependsOn", components.stream().map(Component::ref).toList());
        bill.put("dependencies", List.of(dependency));
        if (!tools.isEmpty()) {
            bill.put("formulation", List.of(Map.of("components", tools.stream().map(Component::fields).toList())));
        }
        Map<String, Object> numbered = new LinkedHashMap<>();
        bill.forEach((key, value) -> {
            numbered.put(key, value);
            if (key.equals("specVersion")) {
                numbered.put("serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(text(bill).getBytes(StandardCharsets.UTF_8)));
            }
        });
        return text(numbered);
    }

    private static String text(Map<String, Object> bill) {
        try {
            return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(bill) + "\n";
        } catch (IOException e) {
            throw new IllegalStateException("maps of texts can be written", e);
        }
    }
}
