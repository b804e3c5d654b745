// SPDX-License-Identifier: Apache-2.0
package dev.marshal.project;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.source.SourceSpec;
import dev.marshal.source.SourceTree;
import dev.marshal.source.Sources;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Log;
import dev.marshal.tool.Tool;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.Inputs;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A workload that is built: what it is, where its outputs go, and what it is built with.
 *
 * @param chain    the effective specification
 * @param base     what it inherits from; empty for the workload that a distribution starts with
 * @param layout   where outputs go
 * @param cache    what builds share
 * @param settings how to build
 * @param tools    the host's programs
 * @param sources  gets source trees
 * @param digests  what is known of files
 * @param log      the user
 * @param jobs     what runs instead of the workload itself, each a workload of its own; empty for a job
 */
public record WorkloadProject(Chain chain, Optional<BaseWorkload> base, Layout layout, Cache cache, Settings settings, Toolbox tools, Sources sources,
        FileDigests digests, Log log, List<WorkloadProject> jobs) {

    /** Keeps a copy. */
    public WorkloadProject {
        jobs = List.copyOf(jobs);
    }

    /** A workload without jobs. */
    public WorkloadProject(Chain chain, Optional<BaseWorkload> base, Layout layout, Cache cache, Settings settings, Toolbox tools, Sources sources, FileDigests digests, Log log) {
        this(chain, base, layout, cache, settings, tools, sources, digests, log, List.of());
    }

    /** The same with these jobs. */
    public WorkloadProject withJobs(List<WorkloadProject> newJobs) {
        return new WorkloadProject(chain, base, layout, cache, settings, tools, sources, digests, log, newJobs);
    }

    /** The workload and its jobs, in the order in which they are built. */
    public List<WorkloadProject> withItsJobs() {
        return Stream.concat(Stream.of(this), jobs.stream()).toList();
    }

    /** The name that the specification gives a job, without that of its workload; the artifactId or name of a workload. */
    public String jobName() {
        return chain.own().specification().value(Options.NAME).orElse(name());
    }

    /** The workload's or job's name, as its outputs are called. */
    public String name() {
        return chain.name();
    }

    /** A job of this workload, with its own chain and base, that shares all else. @param job its name @param jobChain its chain */
    public WorkloadProject job(String job, Chain jobChain, Optional<BaseWorkload> jobBase) {
        return new WorkloadProject(jobChain, jobBase, layout.job(job), cache, settings, tools, sources, digests, log);
    }

    /** Another workload, built here with the same means: a base whose root filesystem is made again. @param otherChain its chain @param otherLayout where logs and working files go */
    public WorkloadProject with(Chain otherChain, Layout otherLayout) {
        return new WorkloadProject(otherChain, Optional.empty(), otherLayout, cache, settings, tools, sources, digests, log);
    }

    /** An empty set of inputs, with the plugin itself as the first. */
    public Inputs inputs() {
        return new Inputs(digests).value("marshal", settings.plugin());
    }

    /** The cross compiler. */
    public Tool crossCompiler() {
        return tools.require(HostTools.CROSS_GCC.named(crossPrefix() + "gcc"));
    }

    /** What stands before the names of the cross compiler's programs. */
    public String crossPrefix() {
        return tools.crossPrefix(settings.crossPrefix());
    }

    /** The {@code PATH} for scripts and makefiles of the user's: the host's programs, and the cross compiler under every name that they may call it by. */
    public String scriptPath() throws IOException {
        return new CompilerNames(tools, cache).path(settings.crossPrefix());
    }

    /** {@code PATH} and whatever else a compile has in its environment where compiled objects are kept by ccache. @param path folders that are searched */
    public Map<String, String> compileEnvironment(String path) throws IOException {
        return new CompilerCache(settings, tools, cache).environment(crossPrefix(), path);
    }

    /** What makes a source that source, the same on every machine. */
    public String identity(Sourced<SourceSpec> source) {
        String published = source.layer().identities().get(source.option().name());
        return published != null ? published : sources.identity(source.value(), source.layer().workdir());
    }

    /**
     * The source as a tree on this machine, fetched and unpacked if it is not yet.
     *
     * @throws ProblemException if it cannot be had, or is not what it should be: says which option names it
     */
    public SourceTree provide(Sourced<SourceSpec> source) throws IOException {
        try {
            return sources.provide(source.value(), source.layer().workdir());
        } catch (ProblemException e) {
            String option = source.where() + ": " + source.option();
            throw new ProblemException(e.problems().stream()
                    .map(problem -> new Problem(problem.what() + (problem.where() == null ? "" : " (" + problem.where() + ")"), option, problem.remedy())).toList());
        }
    }
}
