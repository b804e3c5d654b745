// SPDX-License-Identifier: Apache-2.0
package dev.marshal.archive;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.Cache;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Layer;
import dev.marshal.workload.SpecificationReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Reads the main artifact of a published workload. */
public final class WorkloadReader {

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
            description = new ObjectMapper().configure(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
                    .readValue(folder.resolve(WorkloadDescription.ENTRY).toFile(), WorkloadDescription.class);
        } catch (JacksonException e) {
            throw notAWorkload(coordinates, archive, e);
        }
        if (description.format() > WorkloadDescription.FORMAT) {
            throw new ProblemException(coordinates + " was published by a newer marshal-maven-plugin (format " + description.format() + "; this one reads up to "
                    + WorkloadDescription.FORMAT + ")", archive, "Use a newer version of the plugin, or an older version of the base");
        }
        List<Layer> layers = new ArrayList<>();
        for (WorkloadDescription.LayerDescription layer : description.layers()) {
            String json = new ObjectMapper().writeValueAsString(layer.specification());
            String where = (layer.coordinates() == null ? layer.name() : layer.coordinates()) + "/" + "workload.json";
            layers.add(new Layer(layer.name(), layer.coordinates(), SpecificationReader.read(where, json, warning -> {}), folder.resolve(layer.folder()),
                    layer.identities() == null ? Map.of() : layer.identities()));
        }
        Map<String, String> expected = description.artifacts();
        return new BaseWorkload(coordinates, layers, Optional.ofNullable(description.kernelIdentity()), expected, artifact -> artifacts.fetch(artifact, expected.get(artifact)));
    }

    private Path unpack(String coordinates, Path archive) throws IOException {
        Path folder = cache.workloads().resolve(digests.of(archive));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try (CacheLock lock = CacheLock.hold(cache.lock("workloads"), () -> {})) {
            if (!Files.isDirectory(folder)) {
                WholeOutput.folder(folder, temporary -> unpack(archive, temporary));
            }
        } catch (ZipException e) {
            throw notAWorkload(coordinates, archive, e);
        }
        return folder;
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new ProblemException("the entry '" + entry.getName() + "' would leave the folder that the archive is unpacked to", archive, "Do not use this artifact; ask whoever published it");
                }
                Files.createDirectories(target.getParent());
                if (entry.isUnixSymlink()) {
                    Path link = Path.of(zip.getUnixSymlink(entry));
                    if (link.isAbsolute() || !target.resolveSibling(link).normalize().startsWith(folder)) {
                        throw new ProblemException("the link '" + entry.getName() + "' leads out of the archive, to " + link, archive, "Do not use this artifact; ask whoever published it");
                    }
                    Files.createSymbolicLink(target, link);
                } else if (!entry.isDirectory()) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.write(target, in.readAllBytes());
                    }
                    if ((entry.getUnixMode() & 0100) != 0 && !target.toFile().setExecutable(true, false)) {
                        throw new IOException("could not make " + target + " executable");
                    }
                }
            }
        }
        if (!Files.exists(folder.resolve(WorkloadDescription.ENTRY))) {
            throw new ZipException("no " + WorkloadDescription.ENTRY);
        }
    }

    private static ProblemException notAWorkload(String coordinates, Path archive, Exception cause) {
        return new ProblemException(coordinates + " is not a published workload: " + cause.getMessage(), archive, "Check the dependency of type 'workload' in the POM, and delete the file if it is damaged", cause);
    }

    /** Gets an artifact that must have a digest. */
    @FunctionalInterface
    public interface ArtifactsByDigest {
        /** @param artifact {@code classifier.type} @param sha256 what it must be */
        Path fetch(String artifact, String sha256);
    }
}
