// SPDX-License-Identifier: Apache-2.0
package dev.marshal.archive;

import com.fasterxml.jackson.core.JacksonException;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.Cache;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import dev.marshal.workload.PublishedWorkload;
import dev.marshal.workload.RootfsBase;
import dev.marshal.workload.SpecificationReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Reads the main artifact of a published workload. */
public final class WorkloadReader {

    /** What those want to know of a job who run it elsewhere. */
    private static final List<Option<?>> RUN_ELSEWHERE = List.of(Options.OUTPUTS, Options.SIMULATION_OUTPUTS, Options.SIMULATION_INPUTS);

    private final Cache cache;
    private final FileDigests digests;

    /** @param cache where archives are unpacked, once each @param digests what is known of files */
    public WorkloadReader(Cache cache, FileDigests digests) {
        this.cache = cache;
        this.digests = digests;
    }

    /**
     * @param coordinates {@code groupId:artifactId:version}, for messages
     * @param archive     the main artifact
     * @param artifacts   gets the others, given the digests that they must have
     * @throws ProblemException if it is none, or newer than this plugin
     */
    public BaseWorkload read(String coordinates, Path archive, ArtifactsByDigest artifacts) throws IOException {
        Path folder = unpack(coordinates, archive);
        WorkloadDescription description;
        try {
            String text = Files.readString(folder.resolve(WorkloadDescription.ENTRY));
            Map<String, Object> fields = WorkloadDescription.TEXT.mapFrom(text);
            checkFormat(coordinates, archive, fields == null ? null : fields.get("format"));
            description = WorkloadDescription.TEXT.beanFrom(WorkloadDescription.class, text);
        } catch (JacksonException e) {
            throw notAWorkload(coordinates, archive, e.getOriginalMessage(), e);
        }
        if (description == null || description.layers() == null || description.artifacts() == null
                || description.rootfsBase() == null && description.artifacts().containsKey(BaseWorkload.DIFFERENCE)) {
            throw notAWorkload(coordinates, archive, "its " + WorkloadDescription.ENTRY + " is not complete", null);
        }
        List<Layer> layers = new ArrayList<>();
        for (WorkloadDescription.LayerDescription layer : description.layers()) {
            String json = WorkloadDescription.TEXT.asString(layer.specification());
            String where = (layer.coordinates() == null ? layer.name() : layer.coordinates()) + "/" + "workload.json";
            layers.add(new Layer(layer.name(), layer.coordinates(), SpecificationReader.read(where, json, warning -> {}), folder.resolve(layer.folder()),
                    layer.identities() == null ? Map.of() : layer.identities(), layer.kernelBuild(), layer.imageInputs()));
        }
        Map<String, String> expected = description.artifacts();
        List<BaseWorkload> jobs = new ArrayList<>();
        for (WorkloadDescription.JobDescription job : description.jobs() == null ? List.<WorkloadDescription.JobDescription>of() : description.jobs()) {
            jobs.add(job(coordinates, job, folder, artifacts, expected));
        }
        return new PublishedWorkload(coordinates, layers, Optional.ofNullable(description.kernelIdentity()), expected, new Published(artifacts, "", expected, description.rootfsBase(), description.rootfsSize()), jobs);
    }

    private static BaseWorkload job(String coordinates, WorkloadDescription.JobDescription job, Path folder, ArtifactsByDigest artifacts, Map<String, String> expected) throws IOException {
        Map<String, Object> said = new LinkedHashMap<>();
        for (Option<?> option : RUN_ELSEWHERE) {
            WorkloadDescription.EffectiveOption effective = job.effective().get(option.name());
            if (effective != null) {
                said.put(option.name(), effective.value());
            }
        }
        String name = coordinates + "/" + job.name();
        Layer layer = new Layer(job.outputs(), name, SpecificationReader.read(name + "/workload.json", WorkloadDescription.TEXT.asString(said), warning -> {}), folder);
        String prefix = job.name() + "-";
        Map<String, String> own = new TreeMap<>();
        expected.forEach((artifact, digest) -> {
            if (artifact.startsWith(prefix)) {
                own.put(artifact.substring(prefix.length()), digest);
            }
        });
        return new PublishedWorkload(name, List.of(layer), Optional.empty(), own, new Published(artifacts, prefix, expected, job.rootfsBase(), null));
    }

    private static void checkFormat(String coordinates, Path archive, Object format) {
        if (format instanceof Number number && number.longValue() > WorkloadDescription.FORMAT) {
            throw new ProblemException(coordinates + " was published by a newer marshal-maven-plugin (format " + format + "; this one reads up to "
                    + WorkloadDescription.FORMAT + ")", archive, "Use a newer version of the plugin, or an older version of the base");
        }
    }

    private Path unpack(String coordinates, Path archive) throws IOException {
        Path folder = cache.workloads().resolve(digests.of(archive));
        if (LastUse.claim(cache.folder(), folder)) {
            return folder;
        }
        try (CacheLock lock = CacheLock.hold(cache.lock("workloads"), () -> {})) {
            if (!LastUse.claim(cache.folder(), folder)) {
                WholeOutput.folder(folder, temporary -> unpack(archive, temporary));
            }
        } catch (ZipException | EOFException e) {
            throw notAWorkload(coordinates, archive, e.getMessage(), e);
        }
        return folder;
    }

    private static void unpack(Path archive, Path temporary) throws IOException {
        Path folder = temporary.toAbsolutePath().normalize();
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            SortedMap<Path, ZipArchiveEntry> links = new TreeMap<>();
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder());
            for (ZipArchiveEntry entry : entries) {
                if (entry.isUnixSymlink()) {
                    links.put(target(archive, folder, entry), entry);
                }
            }
            for (ZipArchiveEntry entry : entries) {
                Path target = target(archive, folder, entry);
                if (throughLink(folder, target, links.keySet())) {
                    throw refused(archive, "the entry '" + entry.getName() + "' stands below a link of the archive");
                }
                if (!entry.isDirectory() && !entry.isUnixSymlink()) {
                    makeRoom(archive, entry, target);
                    write(zip, entry, target);
                }
            }
            // last, so that nothing is written through them
            for (Map.Entry<Path, ZipArchiveEntry> each : links.entrySet()) {
                Path link = Path.of(zip.getUnixSymlink(each.getValue()));
                if (leadsOut(folder, each.getKey(), link)) {
                    throw refused(archive, "the link '" + each.getValue().getName() + "' leads out of the archive, to " + link);
                }
                makeRoom(archive, each.getValue(), each.getKey());
                Files.createSymbolicLink(each.getKey(), link);
            }
        }
        if (!Files.exists(folder.resolve(WorkloadDescription.ENTRY))) {
            throw new ZipException("no " + WorkloadDescription.ENTRY);
        }
    }

    private static Path target(Path archive, Path folder, ZipArchiveEntry entry) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder) || target.equals(folder)) {
            throw refused(archive, "the entry '" + entry.getName() + "' would leave the folder that the archive is unpacked to");
        }
        return target;
    }

    private static void makeRoom(Path archive, ZipArchiveEntry entry, Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(archive, "the entry '" + entry.getName() + "' stands twice");
        }
        Files.createDirectories(target.getParent());
    }

    private static boolean throughLink(Path folder, Path target, Set<Path> links) {
        for (Path above = target.getParent(); !above.equals(folder); above = above.getParent()) {
            if (links.contains(above)) {
                return true;
            }
        }
        return false;
    }

    /** A way back counts only at the start of a link: after a name, which may be a link itself, it can lead anywhere. */
    private static boolean leadsOut(Path folder, Path place, Path link) {
        boolean name = false;
        for (Path part : link) {
            boolean back = part.toString().equals("..");
            if (back && name) {
                return true;
            }
            name |= !back && !part.toString().equals(".");
        }
        return link.isAbsolute() || !place.resolveSibling(link).normalize().startsWith(folder);
    }

    private static void write(ZipFile zip, ZipArchiveEntry entry, Path target) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            Files.write(target, in.readAllBytes());
        }
        if ((entry.getUnixMode() & 0100) != 0 && !target.toFile().setExecutable(true, false)) {
            throw new IOException("could not make " + target + " executable");
        }
    }

    private static ProblemException refused(Path archive, String what) {
        return new ProblemException(what, archive, "Do not use this artifact; ask whoever published it");
    }

    private static ProblemException notAWorkload(String coordinates, Path archive, String why, Exception cause) {
        return new ProblemException(coordinates + " is not a published workload: " + why, archive, "Check the dependency of type 'workload' in the POM, and delete the file if it is damaged", cause);
    }

    private record Published(ArtifactsByDigest artifacts, String prefix, Map<String, String> expected, WorkloadDescription.RootfsDescription below, Long size) implements PublishedWorkload.Artifacts {

        @Override
        public Path fetch(String artifact) {
            return artifacts.fetch(prefix + artifact, expected.get(prefix + artifact));
        }

        @Override
        public Optional<Long> rootfsSize() {
            return Optional.ofNullable(size);
        }

        @Override
        public Optional<RootfsBase> rootfsBase() {
            return Optional.ofNullable(below).map(base -> new RootfsBase(base.coordinates(), base.identity(), () -> artifacts.workload(base.coordinates())));
        }
    }

    /** Gets artifacts that must have a digest, and other workloads. */
    public interface ArtifactsByDigest {
        /** @param artifact {@code classifier.type} @param sha256 what it must be */
        Path fetch(String artifact, String sha256);

        /** Another workload, which this one's root filesystem stands on. @param coordinates {@code groupId:artifactId:version} */
        BaseWorkload workload(String coordinates);
    }
}
