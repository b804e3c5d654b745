// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Log;
import dev.marshal.tool.Toolbox;
import dev.marshal.tool.ToolFailure;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Checks a commit of a git repository out. */
final class GitSource {

    private static final Duration LIMIT = Duration.ofHours(2);

    private final Toolbox tools;
    private final boolean offline;
    private final Log log;

    GitSource(Toolbox tools, boolean offline, Log log) {
        this.tools = tools;
        this.offline = offline;
        this.log = log;
    }

    /** @param folder empty; the tree comes here, without git's own folder @throws ProblemException if the commit cannot be had */
    void checkOut(SourceSpec.Git source, Path folder) throws IOException {
        boolean remote = source.url().contains("://") && !source.url().startsWith("file:");
        if (offline && remote) {
            throw new ProblemException("the source " + source + " is not in the cache, and Maven is offline", null, "Run once without '-o', or name a source that is on this machine");
        }
        log.info("fetching " + source.commit() + " of " + source.url());
        Path repository = folder.resolve(".git");
        git(folder, "init", "--quiet");
        try {
            fetch(source, folder);
            git(folder, "-c", "advice.detachedHead=false", "checkout", "--quiet", source.commit());
            git(folder, "submodule", "--quiet", "update", "--init", "--recursive", "--depth", "1");
        } catch (ToolFailure e) {
            throw new ProblemException("could not fetch " + source + ":" + System.lineSeparator() + e.problems().get(0).what(), null,
                    "Check the address, the commit and the network; or name another source, such as an archive or a folder", e);
        }
        WholeOutput.delete(repository);
    }

    private void fetch(SourceSpec.Git source, Path folder) throws IOException {
        try {
            git(folder, "fetch", "--quiet", "--depth", "1", "--", source.url(), source.commit());
        } catch (ToolFailure e) {
            // not every server hands out single commits
            git(folder, "fetch", "--quiet", "--", source.url(), "+refs/*:refs/remotes/origin/*");
        }
    }

    private void git(Path folder, String... words) throws IOException {
        new Command("run git " + String.join(" ", words), tools.require(HostTools.GIT).path().toString()).args((Object[]) words).in(folder)
                .env("GIT_TERMINAL_PROMPT", "0").env("GIT_DIR", null).env("GIT_WORK_TREE", null).limit(LIMIT).check();
    }
}
