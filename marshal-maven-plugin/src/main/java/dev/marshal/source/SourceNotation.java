// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import java.util.Locale;
import java.util.regex.Pattern;

/** The one-line notation of a {@link SourceSpec}. */
public final class SourceNotation {

    /** How sources can be written, for messages and documentation. */
    public static final String FORMS = "a folder, an archive file, https://…#sha256=…, git+https://…#COMMIT, debian:PACKAGE, debian-pool:PATH#sha256=…, or artifact:GROUP:ARTIFACT[:TYPE]:VERSION";

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(tar|tar\\.(gz|bz2|xz|zst)|tgz|txz|tbz2|zip|(img|raw|qcow2)(\\.(gz|xz|zst))?)");
    private static final Pattern PACKAGE = Pattern.compile("([a-z0-9][a-z0-9+.-]*)(?:=([A-Za-z0-9.+~:-]+))?");

    private SourceNotation() {}

    /** @throws IllegalArgumentException with a message for the user if the text is none of {@link #FORMS} */
    public static SourceSpec parse(String text) {
        if (text.startsWith("git+")) {
            String commit = fragment(text);
            if (!COMMIT.matcher(commit).matches()) {
                throw new IllegalArgumentException("a git source ends in '#' and the full hash of a commit (40 digits), so that it stays the same for ever");
            }
            return new SourceSpec.Git(beforeFragment(text).substring("git+".length()), commit);
        }
        if (text.startsWith("http://") || text.startsWith("https://")) {
            return new SourceSpec.Url(beforeFragment(text), requiredSha256(text));
        }
        if (text.startsWith("debian-pool:")) {
            return new SourceSpec.DebianPool(beforeFragment(text).substring("debian-pool:".length()), requiredSha256(text));
        }
        if (text.startsWith("debian:")) {
            var matcher = PACKAGE.matcher(text.substring("debian:".length()));
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'debian:' is followed by the name of a package, such as debian:linux-source");
            }
            return new SourceSpec.DebianPackage(matcher.group(1), matcher.group(2));
        }
        if (text.startsWith("artifact:")) {
            String coordinates = text.substring("artifact:".length());
            int parts = coordinates.split(":").length;
            if (parts < 3 || parts > 5) {
                throw new IllegalArgumentException("'artifact:' is followed by GROUP:ARTIFACT:VERSION, GROUP:ARTIFACT:TYPE:VERSION or GROUP:ARTIFACT:TYPE:CLASSIFIER:VERSION");
            }
            return new SourceSpec.Artifact(coordinates);
        }
        String path = beforeFragment(text);
        if (path.isBlank()) {
            throw new IllegalArgumentException("a source is " + FORMS);
        }
        if (ARCHIVE.matcher(path.toLowerCase(Locale.ROOT)).matches()) {
            return new SourceSpec.Archive(path, text.contains("#") ? requiredSha256(text) : null);
        }
        return new SourceSpec.Folder(text);
    }

    private static String requiredSha256(String text) {
        String fragment = fragment(text);
        String sha256 = fragment.startsWith("sha256=") ? fragment.substring("sha256=".length()) : "";
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("it must end in '#sha256=' and the digest of the archive (64 digits), so that it stays the same for ever");
        }
        return sha256;
    }

    private static String fragment(String text) {
        int hash = text.lastIndexOf('#');
        return hash < 0 ? "" : text.substring(hash + 1);
    }

    private static String beforeFragment(String text) {
        int hash = text.lastIndexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }
}
