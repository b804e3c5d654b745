// SPDX-License-Identifier: Apache-2.0
package dev.marshal.sbom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
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
        metadata.put("tools", Map.of("components", List.of(plugin)));
        metadata.put("component", subject);
        bill.put("metadata", metadata);
        bill.put("components", components);
        Map<String, Object> dependency = new LinkedHashMap<>();
        dependency.put("ref", subject.ref());
        dependency.put("dependsOn", components.stream().map(Component::ref).toList());
        bill.put("dependencies", List.of(dependency));
        if (!tools.isEmpty()) {
            bill.put("formulation", List.of(Map.of("components", tools)));
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
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(bill) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records can be written", e);
        }
    }
}
