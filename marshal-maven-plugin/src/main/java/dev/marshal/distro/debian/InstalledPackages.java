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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What dpkg says is installed in an image. */
public final class InstalledPackages {

    private static final ImagePath STATUS = ImagePath.of("/var/lib/dpkg/status");
    private static final ImagePath RELEASE = ImagePath.of("/etc/os-release");
    private static final Pattern ID = Pattern.compile("(?m)^ID=[\"']?([a-z0-9._-]+)[\"']?$");

    private InstalledPackages() {}

    /** @return none if there is no dpkg; who made them is what the image says of itself, Debian if it says nothing */
    public static List<InstalledPackage> of(Ext4Reader image) throws IOException {
        Optional<String> status = text(image, STATUS);
        return status.isEmpty() ? List.of() : parse(status.get(), text(image, RELEASE).map(ID::matcher).filter(Matcher::find).map(matcher -> matcher.group(1)).orElse("debian"));
    }

    private static Optional<String> text(Ext4Reader image, ImagePath path) throws IOException {
        Optional<ImageEntry> file = image.find(path, true);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = image.content(file.get().inode())) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
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
