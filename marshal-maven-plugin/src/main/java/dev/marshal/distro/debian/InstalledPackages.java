// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import dev.marshal.distro.Distribution.InstalledPackage;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImageEntry;
import dev.marshal.rootfs.ImagePath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What dpkg says is installed in an image. */
public final class InstalledPackages {

    private static final ImagePath STATUS = ImagePath.of("/var/lib/dpkg/status");

    private InstalledPackages() {}

    /** @param vendor the distribution's name in package URLs, such as {@code debian} @return none if there is no dpkg */
    public static List<InstalledPackage> of(Ext4Reader image, String vendor) throws IOException {
        Optional<ImageEntry> status = image.find(STATUS, true);
        if (status.isEmpty()) {
            return List.of();
        }
        try (InputStream in = image.content(status.get().inode())) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), vendor);
        }
    }

    static List<InstalledPackage> parse(String status, String vendor) {
        List<InstalledPackage> packages = new ArrayList<>();
        for (String paragraph : status.split("\n\n")) {
            Map<String, String> fields = new HashMap<>();
            paragraph.lines().filter(line -> !line.startsWith(" ") && line.contains(": ")).forEach(line -> fields.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2).strip()));
            if (fields.getOrDefault("Status", "").endsWith(" installed") && fields.containsKey("Package") && fields.containsKey("Version")) {
                String purl = "pkg:deb/" + vendor + "/" + encode(fields.get("Package")) + "@" + encode(fields.get("Version")) + "?arch=" + encode(fields.getOrDefault("Architecture", "all"));
                packages.add(new InstalledPackage(fields.get("Package"), fields.get("Version"), purl));
            }
        }
        return packages;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%3A", ":").replace("%7E", "~");
    }
}
