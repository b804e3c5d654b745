// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import dev.marshal.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which published workload stands for a base that FireMarshal brings itself, by the name of the base's file without its ending. */
public final class KnownBases {

    /** The parameter that adds to them. */
    public static final String PROPERTY = "marshal.bases";

    private static final String GROUP = "dev.marshal.firechip";
    private static final Map<String, String> DEFAULTS = Map.of("br-base", "busybox-base", "bare-base", "bare-base", "fedora-base", "fedora-base", "ubuntu-base", "ubuntu-base");
    /** Distributions that a specification may also name in place of a file. */
    private static final Map<String, String> DISTRIBUTIONS = Map.of("br", "br-base", "bare", "bare-base", "fedora", "fedora-base", "ubuntu", "ubuntu-base");

    private final Map<String, Coordinates> named = new LinkedHashMap<>();
    private final String version;

    /**
     * @param version of the default bases: the plugin's own
     * @param named   {@code FILE=groupId:artifactId:version,…}: what the user adds, or puts in the place of a default; null or empty for nothing
     * @throws ProblemException if it is not of that form
     */
    public KnownBases(String version, String named) {
        this.version = version;
        if (named == null || named.isBlank()) {
            return;
        }
        for (String each : named.split(",")) {
            int equals = each.indexOf('=');
            try {
                if (equals < 1) {
                    throw new IllegalArgumentException("'" + each.strip() + "' names no base");
                }
                this.named.put(stem(each.substring(0, equals).strip()), Coordinates.parse(each.substring(equals + 1)));
            } catch (IllegalArgumentException e) {
                throw new ProblemException(e.getMessage(), "-D" + PROPERTY, "Write FILE=groupId:artifactId:version, several with commas between, such as br-base.json=org.example:our-base:1.0", e);
            }
        }
    }

    /** What the user named for a base; it comes before a file of that name. */
    Optional<Coordinates> named(String base) {
        return Optional.ofNullable(named.get(stem(base)));
    }

    /** What stands for a base that no file of the user's own defines: what he named, or a default. */
    Optional<Coordinates> of(String base) {
        String stem = stem(base);
        String file = DISTRIBUTIONS.getOrDefault(stem, stem);
        if (named.containsKey(file)) {
            return Optional.of(named.get(file));
        }
        return named(base).or(() -> Optional.ofNullable(DEFAULTS.get(file)).map(artifactId -> new Coordinates(GROUP, artifactId, version)));
    }

    /** The file of a distribution's base. @param distribution such as {@code br} */
    static Optional<String> fileOf(String distribution) {
        return Optional.ofNullable(DISTRIBUTIONS.get(distribution));
    }

    /** The name of a file without its folder and its ending. */
    static String stem(String base) {
        return base.substring(base.lastIndexOf('/') + 1).replaceFirst("\\.(json|yaml|yml)$", "");
    }
}
