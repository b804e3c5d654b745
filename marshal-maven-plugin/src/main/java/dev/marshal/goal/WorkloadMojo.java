// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.archive.WorkloadReader;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.Cache;
import dev.marshal.project.Settings;
import dev.marshal.project.WorkloadProject;
import dev.marshal.repository.ArtifactResolution;
import dev.marshal.repository.BaseResolver;
import dev.marshal.repository.WorkloadLoader;
import dev.marshal.run.RunReport;
import dev.marshal.source.SourceSpec;
import dev.marshal.uptodate.BuiltOutputs;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.StepRunner;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sizes;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;

/** A goal that works on a workload project. */
abstract class WorkloadMojo extends MarshalMojo {

    private static final String CONTEXT = "dev.marshal.project";
    private static final String REPORT = "dev.marshal.report";
    private static final String KERNELS = "dev.marshal.kernels";

    /** The project. */
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** This plugin. */
    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    /** The specification, YAML or JSON. */
    @Parameter(property = "marshal.specification", defaultValue = "${project.basedir}/src/main/workload/workload.yaml")
    private File specification;

    /** Where sources, kernels and images are kept that builds share. */
    @Parameter(property = "marshal.cache", defaultValue = "${user.home}/.cache/marshal")
    private File cache;

    /** Prefix of the cross compiler, such as {@code riscv64-linux-gnu-}; looked for unless set. */
    @Parameter(property = "marshal.crossCompile")
    private String crossCompile;

    /** How many jobs {@code make} runs at once; 0: as many as there are processors. */
    @Parameter(property = "marshal.jobs", defaultValue = "0")
    private int jobs;

    /** How many machines run side by side; 0: as many as the host has processors and memory for. */
    @Parameter(property = "marshal.parallelJobs", defaultValue = "0")
    private int parallelJobs;

    /** Free space that an image keeps when {@code rootfs-size} is 0. */
    @Parameter(property = "marshal.rootfsMargin", defaultValue = "256MiB")
    private String rootfsMargin;

    /** Seconds that a guest-init boot may take, unless {@code testing.buildTimeout} says otherwise. */
    @Parameter(property = "marshal.buildTimeout", defaultValue = "1800")
    private int buildTimeout;

    /** Seconds that a run may take, unless {@code testing.runTimeout} says otherwise. */
    @Parameter(property = "marshal.runTimeout", defaultValue = "600")
    private int runTimeout;

    /** The source of Linux, in place of every {@code linux.source} of the chain. */
    @Parameter(property = "marshal.linuxSource")
    private String linuxSource;

    /** The source of BusyBox, in place of every {@code busybox.source} of the chain. */
    @Parameter(property = "marshal.busyboxSource")
    private String busyboxSource;

    /** The source of OpenSBI, in place of every {@code firmware.opensbi-src} of the chain. */
    @Parameter(property = "marshal.opensbiSource")
    private String opensbiSource;

    /** The source of riscv-pk, in place of every {@code firmware.bbl-src} of the chain. */
    @Parameter(property = "marshal.bblSource")
    private String bblSource;

    /** Whether ccache keeps what is compiled of kernels and modules. Unless set: if it is installed. Of no effect on any result. */
    @Parameter(property = "marshal.ccache")
    private Boolean ccache;

    /** Where ccache shares compiled objects with others, as its own option {@code remote_storage}, such as {@code http://user:password@nexus.example.org/repository/ccache}. */
    @Parameter(property = "marshal.ccache.remoteStorage")
    private String ccacheRemoteStorage;

    /**
     * Whether drivers, kernels and boot binaries that an earlier build made of the same inputs are taken from the cache instead of being made again. Of no
     * effect on any result.
     */
    @Parameter(property = "marshal.reuse", defaultValue = "true")
    private boolean reuse;

    /** The time that outputs bear, in ISO 8601 or seconds since 1970. */
    @Parameter(defaultValue = "${project.build.outputTimestamp}")
    private String outputTimestamp;

    @Inject
    private RepositorySystem repositories;

    /** The workload, read and resolved once a build. */
    final WorkloadProject workload() throws IOException {
        @SuppressWarnings("unchecked") // Maven's interface is raw
        Map<Object, Object> context = getPluginContext();
        Object known = context.get(CONTEXT);
        if (known instanceof WorkloadProject workload) {
            return workload;
        }
        WorkloadLoader.Loaded loaded = loaded();
        if (!loaded.problems().isEmpty()) {
            throw new ProblemException(loaded.problems());
        }
        return keep(loaded.workload());
    }

    /** The workload for the goals that follow. */
    final WorkloadProject keep(WorkloadProject workload) {
        @SuppressWarnings("unchecked") // Maven's interface is raw
        Map<Object, Object> context = getPluginContext();
        context.put(CONTEXT, workload);
        return workload;
    }

    /** The kernel of the workload or of one of its jobs: what identifies it is found out once a build, and not by every goal. */
    final KernelPlan kernel(WorkloadProject workload) {
        @SuppressWarnings("unchecked") // Maven's interface is raw
        Map<Object, Object> context = getPluginContext();
        @SuppressWarnings("unchecked") // put there as such
        Map<WorkloadProject, KernelPlan> kernels = (Map<WorkloadProject, KernelPlan>) context.computeIfAbsent(KERNELS, key -> new IdentityHashMap<WorkloadProject, KernelPlan>());
        return kernels.computeIfAbsent(workload, KernelPlan::new);
    }

    /** Plans kernels anew: something ran that may have changed what they are made of. */
    final void forgetKernels() {
        getPluginContext().remove(KERNELS);
    }

    /** What builds share. */
    final Cache cache() {
        return new Cache(cache.toPath());
    }

    /** A workload of a repository, whatever the project. @param coordinates {@code groupId:artifactId:version} */
    final BaseWorkload published(String coordinates) {
        FileDigests digests = sharedDigests();
        return new BaseResolver(resolution(), new WorkloadReader(cache(), digests), digests).resolve(coordinates);
    }

    /** What CI servers are told of the runs of this build. */
    final RunReport report() throws IOException {
        @SuppressWarnings("unchecked") // Maven's interface is raw
        Map<Object, Object> context = getPluginContext();
        if (!(context.get(REPORT) instanceof RunReport)) {
            context.put(REPORT, new RunReport(workload()));
        }
        return (RunReport) context.get(REPORT);
    }

    /** The Maven project. */
    final MavenProject project() {
        return project;
    }

    /** Does a step of a workload or job if it has to be done, and says so. */
    final void run(WorkloadProject workload, Step step) throws IOException {
        String prefix = prefix(workload);
        BuiltOutputs built = new BuiltOutputs(workload.cache().folder(), taken -> log().info(prefix + taken.name() + ": taken from an earlier build with the same inputs"));
        new StepRunner(workload.layout().records(), workload.digests(), reuse ? Optional.of(built) : Optional.empty())
                .run(step, verdict -> log().info(prefix + step.name() + ": " + verdict.summary()));
    }

    /** Takes away what a step made of a workload or job that does not need it any more: a build from nothing does not have it either. */
    final void forget(WorkloadProject workload, Step step) throws IOException {
        new StepRunner(workload.layout().records(), workload.digests()).forget(step);
    }

    /** What stands before messages that concern a job; empty for the workload itself. */
    final String prefix(WorkloadProject workload) throws IOException {
        return workload == workload() ? "" : workload.name() + ": ";
    }

    /** The workload as far as it can be read, to tell all that is wrong with it. */
    final WorkloadLoader.Loaded loaded() throws IOException {
        FileDigests digests = new FileDigests(Path.of(project.getBuild().getDirectory()).resolve("marshal/digests"));
        FileDigests shared = sharedDigests();
        return new WorkloadLoader(project, resolution(), cache(), digests, shared, log()).read(specification.toPath(), sources(), settings(shared), session().isOffline());
    }

    /** What is known of files that projects share: those of repositories, and the plugin. */
    private FileDigests sharedDigests() {
        return FileDigests.shared(cache().folder().resolve("digests"));
    }

    private ArtifactResolution resolution() {
        return new ArtifactResolution(repositories, session().getRepositorySession(), project.getRemoteProjectRepositories());
    }

    private Map<Option<SourceSpec>, String> sources() {
        Map<Option<SourceSpec>, String> sources = new LinkedHashMap<>();
        sources.put(Options.LINUX_SOURCE, linuxSource);
        sources.put(Options.BUSYBOX_SOURCE, busyboxSource);
        sources.put(Options.OPENSBI_SOURCE, opensbiSource);
        sources.put(Options.BBL_SOURCE, bblSource);
        sources.values().removeIf(Objects::isNull);
        return sources;
    }

    private Settings settings(FileDigests digests) throws IOException {
        return new Settings(OutputTimestamp.parse(outputTimestamp, project.getFile()), plugin.getVersion() + " " + pluginDigest(digests), crossCompile, jobs > 0 ? jobs : Runtime.getRuntime().availableProcessors(), parallelJobs,
                size("marshal.rootfsMargin", rootfsMargin), buildTimeout, runTimeout, ccache, ccacheRemoteStorage);
    }

    private static long size(String property, String text) {
        try {
            return Sizes.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(e.getMessage(), property, "Write a size such as 256MiB", e);
        }
    }

    private String pluginDigest(FileDigests digests) throws IOException {
        try {
            Path jar = Path.of(getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
            return Files.isRegularFile(jar) ? digests.of(jar).substring(0, 16) : "";
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
