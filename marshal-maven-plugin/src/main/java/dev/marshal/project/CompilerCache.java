// SPDX-License-Identifier: Apache-2.0
package dev.marshal.project;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Requirement;
import dev.marshal.tool.Tool;
import dev.marshal.tool.Toolbox;
import dev.marshal.tool.Version;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.Sha256;
import dev.marshal.uptodate.WholeOutput;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ccache between make and the cross compiler, where the host has it: it keeps compiled objects, by all that they follow from. A folder of links to it, named
 * like the compilers, is searched first, as ccache's manual has it; so nothing on a command line tells of it, and kernel trees that were compiled with and
 * without it are as good as each other.
 */
final class CompilerCache {

    /** The first version that takes the address of a remote storage under that name. */
    private static final Version REMOTE = Version.of("4.7");

    private final Settings settings;
    private final Toolbox tools;
    private final Cache cache;

    CompilerCache(Settings settings, Toolbox tools, Cache cache) {
        this.settings = settings;
        this.tools = tools;
        this.cache = cache;
    }

    /**
     * What a compile needs in its environment.
     *
     * @param prefix what stands before the cross compiler's programs
     * @param path   folders that are searched
     * @return {@code PATH}, and what ccache is told
     * @throws ProblemException if the user asked for ccache, and it cannot be used
     */
    Map<String, String> environment(String prefix, String path) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>(Map.of("PATH", path));
        Optional<Tool> ccache = wanted(prefix);
        if (ccache.isPresent()) {
            environment.put("PATH", folder(prefix, ccache.get()) + File.pathSeparator + path);
            String own = System.getenv("CCACHE_DIR");
            environment.put("CCACHE_DIR", own != null && !own.isBlank() ? own : cache.folder().resolve("ccache").toString());
            // by what the compiler is, not by when it was installed, so that machines can share
            environment.put("CCACHE_COMPILERCHECK", "content");
            if (settings.ccacheRemoteStorage() != null) {
                environment.put("CCACHE_REMOTE_STORAGE", settings.ccacheRemoteStorage());
            }
        }
        return environment;
    }

    private Optional<Tool> wanted(String prefix) {
        if (Boolean.FALSE.equals(settings.ccache())) {
            return Optional.empty();
        }
        boolean asked = Boolean.TRUE.equals(settings.ccache()) || settings.ccacheRemoteStorage() != null;
        if (prefix.contains("/")) {
            if (asked) {
                throw new ProblemException("ccache cannot stand before a compiler that is named by its path: " + prefix + "gcc", "marshal.ccache",
                        "Put its folder on the PATH, and set marshal.crossCompile to its name alone");
            }
            return Optional.empty();
        }
        Requirement requirement = HostTools.CCACHE;
        if (settings.ccacheRemoteStorage() != null) {
            requirement = new Requirement(requirement.program(), REMOTE, requirement.versionArgs(), "share compiled objects (marshal.ccache.remoteStorage)", "ccache", "ccache", "ccache");
        }
        return asked ? Optional.of(tools.require(requirement)) : tools.find(requirement);
    }

    private Path folder(String prefix, Tool ccache) throws IOException {
        String key = Sha256.of("ccache " + prefix + " " + ccache.path()).substring(0, 16);
        Path folder = cache.compilers().resolve(key);
        if (!LastUse.claim(cache.folder(), folder)) {
            try (CacheLock lock = CacheLock.hold(cache.lock("compilers-" + key), () -> {})) {
                if (!LastUse.claim(cache.folder(), folder)) {
                    WholeOutput.folder(folder, temporary -> {
                        for (String compiler : List.of("gcc", "g++")) {
                            Files.createSymbolicLink(temporary.resolve(prefix + compiler), ccache.path());
                        }
                    });
                }
            }
        }
        return folder;
    }
}
