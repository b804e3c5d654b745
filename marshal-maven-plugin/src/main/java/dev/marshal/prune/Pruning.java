// SPDX-License-Identifier: Apache-2.0
package dev.marshal.prune;

import dev.marshal.project.Cache;
import dev.marshal.tool.Log;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.LastUse;
import dev.marshal.workload.Sizes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Deletes from the cache what is old, and the least recently used as long as the whole is larger than it may be. What a build holds, or used within the
 * last hours, stays: builds may run at the same time.
 */
public final class Pruning {

    private final Cache cache;
    private final Duration age;
    private final long limit;
    private final boolean dryRun;
    private final Log log;

    /**
     * @param cache  what builds share
     * @param age    what was not used for longer goes
     * @param limit  bytes that stay at most, as the disk counts them
     * @param dryRun whether to tell only what would go
     * @param log    told what goes and what stays
     */
    public Pruning(Cache cache, Duration age, long limit, boolean dryRun, Log log) {
        this.cache = cache;
        this.age = age;
        this.limit = limit;
        this.dryRun = dryRun;
        this.log = log;
    }

    /** Prunes. @param now the time that ages are counted to */
    public void run(Instant now) throws IOException {
        List<CacheEntry> entries = CacheContents.of(cache);
        long total = entries.stream().mapToLong(CacheEntry::bytes).sum();
        Map<CacheEntry, String> chosen = choose(entries, total, now);
        List<CacheEntry> gone = new ArrayList<>();
        for (Map.Entry<CacheEntry, String> each : chosen.entrySet()) {
            CacheEntry entry = each.getKey();
            Optional<String> used = dryRun ? Optional.empty() : delete(entry);
            if (used.isEmpty()) {
                gone.add(entry);
            }
            log.info(used.map(why -> "kept    ").orElse(dryRun ? "would go" : "deleted ") + " " + size(entry.bytes()) + "  " + cache.folder().relativize(entry.path()) + ": " + used.orElse(each.getValue()));
        }
        tell(entries, gone, total);
    }

    private Map<CacheEntry, String> choose(List<CacheEntry> entries, long total, Instant now) {
        Map<CacheEntry, String> chosen = new LinkedHashMap<>();
        long left = total;
        // the order of entries stays where the time is the same: what is inside another entry goes first
        for (CacheEntry entry : entries.stream().sorted(Comparator.comparing(CacheEntry::lastUse)).toList()) {
            Duration unused = Duration.between(entry.lastUse(), now);
            String reason = null;
            if (entry.leftover()) {
                reason = "left behind by a build that was killed";
            } else if (!entry.claimed()) {
                continue;
            } else if (unused.compareTo(age) > 0 && unused.compareTo(LastUse.IN_USE) > 0) {
                reason = "not used for " + days(unused);
            } else if (left > limit && unused.compareTo(LastUse.IN_USE) > 0) {
                reason = "the cache is larger than " + Sizes.format(limit) + "; not used for " + days(unused);
            }
            if (reason != null) {
                chosen.put(entry, reason);
                left -= entry.bytes();
            }
        }
        return chosen;
    }

    private static String days(Duration duration) {
        return duration.toDays() > 1 ? duration.toDays() + " days" : duration.toHours() + " hours";
    }

    /** @return why it stays; empty if it is gone */
    private Optional<String> delete(CacheEntry entry) throws IOException {
        List<CacheLock> held = new ArrayList<>();
        try {
            for (Path file : entry.locks()) {
                Optional<CacheLock> lock = CacheLock.tryHold(file);
                if (lock.isEmpty()) {
                    return Optional.of("a build holds it");
                }
                held.add(lock.get());
            }
            return LastUse.giveUp(cache.folder(), entry.path(), entry.lastUse()) ? Optional.empty() : Optional.of("a build has just used it");
        } finally {
            for (CacheLock lock : held) {
                lock.close();
            }
        }
    }

    private void tell(List<CacheEntry> entries, List<CacheEntry> gone, long total) {
        Map<String, long[]> folders = new TreeMap<>();
        for (CacheEntry entry : entries) {
            long[] sums = folders.computeIfAbsent(entry.folder(), name -> new long[3]);
            sums[0] += entry.bytes();
            sums[1] += gone.contains(entry) ? entry.bytes() : 0;
            sums[2]++;
        }
        log.info("");
        log.info(String.format(Locale.ROOT, "%-16s %8s %12s %12s", cache.folder().getFileName(), "entries", "size", dryRun ? "would go" : "deleted"));
        folders.forEach((name, sums) -> log.info(String.format(Locale.ROOT, "%-16s %8d %s %s", name, sums[2], size(sums[0]), size(sums[1]))));
        long freed = gone.stream().mapToLong(CacheEntry::bytes).sum();
        log.info(String.format(Locale.ROOT, "%-16s %8d %s %s", "all", entries.size(), size(total), size(freed)));
        log.info("the cache " + cache.folder() + (dryRun ? " would have " : " has ") + Sizes.format(total - freed) + " now, of at most " + Sizes.format(limit));
        if (total - freed > limit) {
            log.warn("what is left was used within the last " + LastUse.IN_USE.toHours() + " hours, is held by a build, or nobody knows when it was used, and is not deleted; while no build runs, all of the cache can be deleted by hand");
        }
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%12s", Sizes.format(bytes));
    }
}
