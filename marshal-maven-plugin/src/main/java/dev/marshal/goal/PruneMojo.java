// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.problem.ProblemException;
import dev.marshal.project.Cache;
import dev.marshal.prune.Pruning;
import dev.marshal.workload.Sizes;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Deletes from the cache what is old or more than it may hold, and says how large it is. What builds use stays. */
@Mojo(name = "prune", requiresProject = false, threadSafe = true)
public class PruneMojo extends MarshalMojo {

    /** Where sources, kernels and images are kept that builds share. */
    @Parameter(property = "marshal.cache", defaultValue = "${user.home}/.cache/marshal")
    private File cache;

    /** What was not used for more days goes. */
    @Parameter(property = "marshal.cacheAge", defaultValue = "30")
    private int cacheAge;

    /** What the cache holds at most; the least recently used goes first. */
    @Parameter(property = "marshal.cacheLimit", defaultValue = "20GiB")
    private String cacheLimit;

    /** Whether to tell only what would go. */
    @Parameter(property = "marshal.dryRun", defaultValue = "false")
    private boolean dryRun;

    @Override
    void run() throws IOException {
        if (cacheAge < 0) {
            throw new ProblemException("an age of " + cacheAge + " days is none", "marshal.cacheAge", "Write a number of days, 0 or more");
        }
        long limit;
        try {
            limit = Sizes.parse(cacheLimit);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(e.getMessage(), "marshal.cacheLimit", "Write a size such as 20GiB", e);
        }
        new Pruning(new Cache(cache.toPath()), Duration.ofDays(cacheAge), limit, dryRun, log()).run(Instant.now());
    }
}
