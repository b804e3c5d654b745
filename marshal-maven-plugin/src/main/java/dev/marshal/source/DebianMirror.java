// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Command;
import dev.marshal.tool.Requirement;
import dev.marshal.tool.Tool;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.Sha256;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gets upstream archives from the Debian mirror that the host's apt uses. */
final class DebianMirror {

    private static final Requirement APT_GET = new Requirement("apt-get", null, List.of(), "find the Debian mirror of this host", "apt", "apt", "apt");
    /** Fetches as apt does, with its proxies and certificates. */
    private static final Path APT_HELPER = Path.of("/usr/lib/apt/apt-helper");
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final Toolbox tools;
    private final Downloads downloads;

    DebianMirror(Toolbox tools, Downloads downloads) {
        this.tools = tools;
        this.downloads = downloads;
    }

    /** @throws ProblemException if no mirror has it, or it is something else */
    Path get(SourceSpec.DebianPool pool) throws IOException {
        Path file = downloads.place("http:///" + pool.path(), pool.sha256());
        if (downloads.has(file)) {
            return file;
        }
        downloads.checkOnline(pool.toString());
        List<String> failures = new ArrayList<>();
        for (String mirror : mirrors(pool.path())) {
            String url = mirror + pool.path();
            try {
                if (!Files.isExecutable(APT_HELPER)) {
                    return downloads.get(pool.toString(), url, pool.sha256());
                }
                WholeOutput.file(file, temporary -> fetch(pool, url, temporary));
                return file;
            } catch (ProblemException e) {
                if (e.getMessage().contains("is not what it should be")) {
                    throw e;
                }
                failures.add(e.problems().get(0).what());
            }
        }
        throw new ProblemException("no Debian mirror of this host has " + pool.path() + ": " + String.join("; ", failures), null,
                "Name another source for it, in the board's file or in the specification: " + SourceNotation.FORMS);
    }

    private void fetch(SourceSpec.DebianPool pool, String url, Path file) throws IOException {
        new Command("fetch " + pool.path() + " from the Debian mirror", APT_HELPER.toString()).args("download-file", url, file).limit(LIMIT).check();
        Checksum.check(pool.toString(), null, pool.sha256(), Sha256.of(file));
    }

    /** @param wanted what is to be fetched, for messages @return addresses that end in a slash */
    List<String> mirrors(String wanted) throws IOException {
        Tool aptGet = tools.find(APT_GET).orElseThrow(() -> new ProblemException("this host has no apt, so no Debian mirror to fetch " + wanted + " from", null,
                "Name a mirror or another source, in the board's file or in the specification: " + SourceNotation.FORMS));
        // pool paths hang below the archive's root, which every index of it names
        List<String> mirrors = new Command("ask apt for its mirrors", aptGet.path().toString()).args("indextargets", "--format", "$(REPO_URI)", "Created-By: Packages").limit(LIMIT).output()
                .lines().filter(uri -> uri.startsWith("http")).map(uri -> uri.endsWith("/") ? uri : uri + "/").distinct()
                .sorted(Comparator.comparing((String uri) -> !uri.contains("debian")).thenComparing(uri -> uri.contains("security"))).toList();
        if (mirrors.isEmpty()) {
            throw new ProblemException("apt knows no mirror by HTTP on this host", null, "Run 'apt-get update' as root, or name another source for " + wanted);
        }
        return mirrors;
    }
}
