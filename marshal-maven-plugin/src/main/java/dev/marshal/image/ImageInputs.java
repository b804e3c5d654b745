// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import dev.marshal.workload.SpecificationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a workload adds to the root filesystem of its base, as an artifact of its own: with those of a whole chain, its root filesystem can be made
 * again on another one. A tar archive, compressed with Zstandard: {@code image.json}, a specification of the options that children do not inherit,
 * and the files that they name, with permissions, links and holes. Written and read by the host's tar, which keeps names of any bytes.
 */
final class ImageInputs {

    /** The options that say what is added. */
    static final List<Option<?>> OPTIONS = List.of(Options.OVERLAY, Options.FILES, Options.GUEST_INIT, Options.RUN, Options.COMMAND, Options.ROOTFS_SIZE, Options.BUILD_TIMEOUT);

    private static final String ENTRY = "image.json";
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final WorkloadProject project;

    /** @param project whose tools and cache are used */
    ImageInputs(WorkloadProject project) {
        this.project = project;
    }

    /** Writes those of the project's own workload. @param archive file to write @param work folder that is emptied, and deleted in the end */
    void write(Path archive, Path work) throws IOException {
        WholeOutput.delete(work);
        Files.createDirectories(work);
        try {
            List<String> members = new ArrayList<>(List.of(ENTRY));
            Map<String, Object> specification = new LinkedHashMap<>();
            for (Option<?> option : OPTIONS) {
                stage(option, work, specification, members);
            }
            Files.writeString(work.resolve(ENTRY), JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(specification));
            // whatever the umask
            Files.setPosixFilePermissions(work.resolve(ENTRY), PosixFilePermissions.fromString("rw-r--r--"));
            Path plain = work.resolve("packed.tar");
            new Command("pack what the image is made of", tar()).args("--create", "--file", plain, "--format=gnu", "--sort=name", "--sparse", "--owner=0", "--group=0", "--numeric-owner",
                    "--mtime=@" + project.settings().timestamp().getEpochSecond(), "--directory", work, "--").args(members).env("LC_ALL", "C").limit(LIMIT).check();
            CompressedImage.compress(plain, archive, part -> true);
        } finally {
            WholeOutput.delete(work);
        }
    }

    private <T> void stage(Option<T> option, Path work, Map<String, Object> specification, List<String> members) throws IOException {
        Layer own = project.chain().own();
        T value = own.specification().value(option).orElse(null);
        if (value == null) {
            return;
        }
        specification.put(option.name(), option.type().write(value, path -> {
            Path file = own.resolve(path);
            String folder = "files/" + members.size();
            String name = folder + "/" + file.getFileName();
            Files.createDirectories(work.resolve(folder));
            // a link among the files stays a link
            boolean follow = !option.equals(Options.FILES);
            if (follow ? Files.isDirectory(file) : Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                // nothing is copied: tar goes through the link, since its name ends in '.'
                Files.createSymbolicLink(work.resolve(name), file.toRealPath());
                members.add(name + "/.");
            } else {
                new Command("copy " + file, "cp").args("--archive", "--reflink=auto", follow ? "--dereference" : "--no-dereference", "--", file, work.resolve(name)).limit(LIMIT).check();
                members.add(name);
            }
            return name;
        }));
    }

    /**
     * The workload as it was when its image was made: the options that children do not inherit, with their files on this machine.
     *
     * @param layer a workload of the chain; one that is built here is taken as it is
     * @throws ProblemException if it was published without, or they are not what was published
     */
    Layer read(Layer layer) throws IOException {
        if (!layer.workdir().startsWith(project.cache().workloads())) {
            return layer;
        }
        if (layer.imageInputs() == null) {
            throw new ProblemException("the root filesystem of " + layer.label() + " cannot be made again with other options of the distribution: it was published without what it is made of",
                    project.chain().get(Options.DISTRO).orElseThrow().where(), "Publish it with -Dmarshal.publishImageInputs, or leave 'distro.opts' as the base has them");
        }
        Path folder = project.cache().folder().resolve("image-inputs").resolve(layer.imageInputs());
        if (!LastUse.claim(project.cache().folder(), folder)) {
            try (CacheLock lock = CacheLock.hold(project.cache().lock("image-inputs-" + layer.imageInputs()), () -> {})) {
                if (!LastUse.claim(project.cache().folder(), folder)) {
                    Path archive = fetch(layer);
                    WholeOutput.folder(folder, temporary -> unpack(archive, temporary));
                }
            }
        }
        Layer read = new Layer(layer.name(), layer.coordinates(), SpecificationReader.read(layer.label() + "/" + ENTRY, Files.readString(folder.resolve(ENTRY)), warning -> {}), folder);
        for (Option<?> option : OPTIONS) {
            checkInside(option, read);
        }
        return read;
    }

    private Path fetch(Layer layer) throws IOException {
        String[] coordinates = layer.coordinates().split(":");
        Path file = project.sources().artifact(coordinates[0] + ":" + coordinates[1] + ":tar.zst:image-inputs:" + coordinates[2]);
        String found = project.digests().of(file);
        if (!found.equals(layer.imageInputs())) {
            throw new ProblemException("'image-inputs.tar.zst' of " + layer.coordinates() + " is not what was published: its sha256 is " + found + ", workload.json says " + layer.imageInputs(), file,
                    "Delete the file so that it is fetched again; a base that was built on another snapshot has to be built again");
        }
        return file;
    }

    void unpack(Path archive, Path folder) throws IOException {
        Path plain = folder.resolveSibling(folder.getFileName() + ".tar");
        try {
            CompressedImage.unpack(archive, plain);
            // tar itself takes a leading '/' off, refuses '..' and never writes through a link that it has just made
            new Command("unpack " + archive, tar()).args("--extract", "--file", plain, "--directory", folder, "--no-same-owner", "--preserve-permissions", "--delay-directory-restore")
                    .env("LC_ALL", "C").limit(LIMIT).check();
        } finally {
            Files.deleteIfExists(plain);
        }
    }

    private static <T> void checkInside(Option<T> option, Layer layer) throws IOException {
        T value = layer.specification().value(option).orElse(null);
        if (value != null) {
            for (var path : option.type().paths(value)) {
                if (!layer.resolve(path.path()).getParent().toRealPath().startsWith(layer.workdir().toRealPath())) {
                    throw new ProblemException(option + " of " + layer.label() + " leads out of its artifact, to " + path.path(), layer.workdir(), "Do not use this artifact; ask whoever published it");
                }
            }
        }
    }

    private String tar() {
        return project.tools().require(HostTools.TAR).path().toString();
    }
}
