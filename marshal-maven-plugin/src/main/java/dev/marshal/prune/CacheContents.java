// SPDX-License-Identifier: Apache-2.0
package dev.marshal.prune;

import dev.marshal.project.Cache;
import dev.marshal.tool.Command;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.Sha256;
import dev.marshal.uptodate.WholeOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What is in the cache. */
final class CacheContents {

    /** Kernel trees count by themselves, though they stand inside their source. */
    static final String KERNEL_TREES = "kernel trees";

    /** The folders whose entries are claimed by {@link LastUse#claim} before they are used. */
    private static final Set<String> CLAIMED = Set.of("buildroot", "buildroot-downloads", "built", "busybox", "compilers", "debian", "downloads", "firmware", "image-inputs", "images",
            "kernels", "sources", "toolchains", "workloads");
    private static final String LOCKS = "locks";
    private static final String KERNEL_TREE = "marshal-build-";
    private static final Duration LIMIT = Duration.ofMinutes(30);
    /** As many paths as a command line surely holds. */
    private static final int BATCH = 1000;

    private final Cache cache;
    private final List<Found> found = new ArrayList<>();

    private CacheContents(Cache cache) {
        this.cache = cache;
    }

    private record Found(Path path, String folder, Instant lastUse, List<Path> locks, boolean claimed, boolean leftover) {}

    /** Everything that can go; an entry inside another one before that. */
    static List<CacheEntry> of(Cache cache) throws IOException {
        CacheContents contents = new CacheContents(cache);
        for (Path folder : list(cache.folder())) {
            if (WholeOutput.writer(folder).isPresent()) {
                contents.add(folder, "", LastUse.of(folder), List.of());
            } else if (!folder.getFileName().toString().equals(LOCKS) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                for (Path entry : list(folder)) {
                    contents.find(folder, entry);
                }
            }
        }
        return contents.measured();
    }

    private void find(Path folder, Path entry) throws IOException {
        List<Path> locks = new ArrayList<>(List.of(lock(folder.getFileName().toString(), entry)));
        try {
            Instant lastUse = LastUse.of(entry);
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && (folder.equals(cache.kernels()) || folder.getFileName().toString().equals("sources"))) {
                for (Path tree : list(entry)) {
                    String name = tree.getFileName().toString();
                    if (name.startsWith(KERNEL_TREE) || WholeOutput.writer(tree).isPresent()) {
                        Path lock = cache.lock("kernel-" + Sha256.of(cache.folder().relativize(tree).toString()).substring(0, 32));
                        Instant used = LastUse.of(tree);
                        add(tree, KERNEL_TREES, used, List.of(lock));
                        locks.add(lock);
                        lastUse = used.isAfter(lastUse) ? used : lastUse;
                    }
                }
            }
            // whoever uses the kernel tree of a user's own source uses nothing else here
            if (!folder.equals(cache.kernels())) {
                add(entry, folder.getFileName().toString(), lastUse, locks);
            }
        } catch (NoSuchFileException e) {
            return; // gone a moment ago
        }
    }

    private void add(Path path, String folder, Instant lastUse, List<Path> locks) {
        boolean unfinished = WholeOutput.writer(path).isPresent();
        boolean running = WholeOutput.writer(path).flatMap(ProcessHandle::of).isPresent();
        if (!running) {
            found.add(new Found(path, folder, lastUse, unfinished ? List.of() : List.copyOf(locks), folder.equals(KERNEL_TREES) || CLAIMED.contains(folder), unfinished));
        }
    }

    /** The lock that builds hold while they make an entry, under the names that they give it. */
    private Path lock(String folder, Path entry) {
        String name = entry.getFileName().toString();
        return cache.lock(switch (folder) {
            case "sources" -> "source-" + name;
            case "images" -> "image-" + name.replaceFirst("\\.img$", "");
            case "workloads" -> "workloads";
            default -> folder + "-" + name;
        });
    }

    /** The size of all, as the disk sees them: images are mostly holes. */
    private List<CacheEntry> measured() throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        for (int from = 0; from < found.size(); from += BATCH) {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            // what was counted once is not counted again: kernel trees come before the source that they are in; files that vanish meanwhile make it fail
            new Command("measure the cache", "du").args("-s", "-0", "-B1", "--").args(found.subList(from, Math.min(found.size(), from + BATCH)).stream().map(each -> each.path().toString()).toList())
                    .env("LC_ALL", "C.UTF-8").copyTo(output).limit(LIMIT).run();
            for (String line : output.toString(StandardCharsets.UTF_8).split("\0")) {
                String[] fields = line.split("\t", 2);
                String size = fields[0].substring(fields[0].lastIndexOf('\n') + 1);
                if (fields.length == 2 && size.matches("\\d+")) {
                    sizes.put(fields[1], Long.parseLong(size));
                }
            }
        }
        return found.stream().map(each -> new CacheEntry(each.path(), each.folder(), sizes.getOrDefault(each.path().toString(), 0L), each.lastUse(), each.locks(), each.claimed(), each.leftover())).toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
