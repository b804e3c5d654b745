// SPDX-License-Identifier: Apache-2.0
package dev.marshal.repository;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.marshal.archive.WorkloadReader;
import dev.marshal.job.OwnWorkload;
import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.Cache;
import dev.marshal.project.Layout;
import dev.marshal.project.Settings;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceSpec;
import dev.marshal.source.Sources;
import dev.marshal.tool.Log;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.OptionType;
import dev.marshal.workload.Options;
import dev.marshal.workload.Setting;
import dev.marshal.workload.Specification;
import dev.marshal.workload.SpecificationReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.maven.model.Dependency;
import org.apache.maven.project.MavenProject;

/** Makes a workload out of a Maven project: reads its specification and resolves what it inherits from. */
public final class WorkloadLoader {

    /** What a workload says of the tests of all its jobs. */
    private static final List<Option<?>> SHARED_WITH_JOBS = List.of(Options.BUILD_TIMEOUT, Options.RUN_TIMEOUT, Options.STRIP);

    private final MavenProject project;
    private final ArtifactResolution resolution;
    private final Cache cache;
    private final FileDigests digests;
    private final FileDigests shared;
    private final Log log;

    /**
     * @param project    Maven's project, whose dependencies Maven has resolved
     * @param resolution gets artifacts
     * @param cache      what builds share
     * @param digests    what is known of the project's files
     * @param shared     what is known of files of repositories
     * @param log        the user
     */
    public WorkloadLoader(MavenProject project, ArtifactResolution resolution, Cache cache, FileDigests digests, FileDigests shared, Log log) {
        this.project = project;
        this.resolution = resolution;
        this.cache = cache;
        this.digests = digests;
        this.shared = shared;
        this.log = log;
    }

    /**
     * @param specification the specification's file
     * @param sources       sources that the user names for this build, in place of inherited ones
     * @param settings      how to build
     * @param offline       whether nothing may be fetched
     * @throws ProblemException if the specification or the base is wrong
     */
    public WorkloadProject load(Path specification, Map<Option<SourceSpec>, String> sources, Settings settings, boolean offline) throws IOException {
        Loaded loaded = read(specification, sources, settings, offline);
        if (!loaded.problems().isEmpty()) {
            throw new ProblemException(loaded.problems());
        }
        return loaded.workload();
    }

    /**
     * The same, as far as it goes.
     *
     * @throws ProblemException if the specification is not well-formed
     */
    public Loaded read(Path specification, Map<Option<SourceSpec>, String> sources, Settings settings, boolean offline) throws IOException {
        List<Problem> problems = new ArrayList<>();
        Path file = existing(specification);
        Specification own = read(file, problems);
        int ofSpecification = problems.size();
        Path workdir = file.toAbsolutePath().getParent().resolve(own.value(Options.WORKDIR).orElse("")).normalize();
        Layer layer = new Layer(own.value(Options.NAME).orElse(project.getArtifactId()), project.getGroupId() + ":" + project.getArtifactId() + ":" + project.getVersion(), own, workdir);
        Optional<BaseWorkload> base = found(problems, () -> base(own));
        List<Layer> layers = new ArrayList<>(base.map(BaseWorkload::layers).orElse(List.of()));
        found(problems, () -> board(layer, base, problems)).ifPresent(layers::add);
        // what the user names for this build stands above all bases, and below the workload itself
        Optional<Layer> replacements = found(problems, () -> replacements(sources));
        replacements.ifPresent(layers::add);
        layers.add(layer);
        Chain chain = new Chain(layers);
        Toolbox tools = new Toolbox(System.getenv().getOrDefault("PATH", ""), this::remembered);
        WorkloadProject workload = new WorkloadProject(chain, base, new Layout(Path.of(project.getBuild().getDirectory()), chain.name()), cache, settings, tools,
                new Sources(cache.folder(), tools, resolution::resolve, digests, offline, log), digests, log);
        List<WorkloadProject> jobs = new ArrayList<>();
        for (Specification job : own.value(Options.JOBS).orElse(List.of())) {
            jobs.add(job(workload, job, replacements, problems));
        }
        return new Loaded(workload.withJobs(jobs), problems, problems.size() == ofSpecification);
    }

    private static <T> Optional<T> found(List<Problem> problems, Search<T> search) throws IOException {
        try {
            return search.find();
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /** Looks for something that a workload stands on. */
    @FunctionalInterface
    private interface Search<T> {
        Optional<T> find() throws IOException;
    }

    /** A job stands on the workload itself, or on a dependency that it names. */
    private WorkloadProject job(WorkloadProject workload, Specification said, Optional<Layer> replacements, List<Problem> problems) throws IOException {
        Layer own = workload.chain().own();
        // one without a name is never built
        String name = said.value(Options.NAME).orElse("");
        Specification job = said.completedBy(own.specification(), SHARED_WITH_JOBS);
        Layer layer = new Layer(own.name() + "-" + name, own.coordinates() + "/" + name, job, own.resolve(job.value(Options.WORKDIR).orElse("")));
        Optional<String> asked = job.value(Options.BASE);
        if (asked.isEmpty() || asked.get().equals(own.name()) || asked.get().equals(project.getArtifactId())) {
            List<Layer> layers = new ArrayList<>(workload.chain().layers());
            layers.add(layer);
            return workload.job(name, new Chain(layers), Optional.of(new OwnWorkload(workload)));
        }
        Optional<BaseWorkload> base = found(problems, () -> Optional.of(resolver().resolve(project, BaseDependency.named(project, job.get(Options.BASE).orElseThrow()))));
        List<Layer> layers = new ArrayList<>(base.map(BaseWorkload::layers).orElse(List.of()));
        replacements.ifPresent(layers::add);
        layers.add(layer);
        return workload.job(name, new Chain(layers), base);
    }

    private Specification read(Path file, List<Problem> problems) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ProblemException("the file holds bytes that are no UTF-8", relative(file), "Save it in UTF-8", e);
        }
        return SpecificationReader.read(relative(file), text, new OptionType.Remarks(log::warn, problems));
    }

    private Path existing(Path file) {
        Path json = file.resolveSibling("workload.json");
        if (!Files.isRegularFile(file) && file.endsWith("workload.yaml") && Files.isRegularFile(json)) {
            return json;
        }
        if (!Files.isRegularFile(file)) {
            throw new ProblemException("there is no specification " + file, project.getFile(),
                    "Create it, or name another with -Dmarshal.specification=FILE; 'mvn archetype:generate' makes a project that has one");
        }
        return file;
    }

    private Optional<BaseWorkload> base(Specification own) throws IOException {
        Set<String> ofJobs = own.value(Options.JOBS).orElse(List.of()).stream().flatMap(job -> job.value(Options.BASE).stream()).collect(Collectors.toSet());
        Optional<Dependency> dependency = BaseDependency.of(project, own.get(Options.BASE), own.where(), own.get(Options.DISTRO).isPresent() || own.unreadable(Options.DISTRO), ofJobs);
        if (dependency.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(resolver().resolve(project, dependency.get()));
    }

    private BaseResolver resolver() {
        return new BaseResolver(resolution, new WorkloadReader(cache, shared), shared);
    }

    private Optional<Layer> board(Layer layer, Optional<BaseWorkload> base, List<Problem> problems) throws IOException {
        Optional<Setting<String>> board = layer.specification().get(Options.BOARD);
        if (board.isEmpty()) {
            return Optional.empty();
        }
        if (base.isPresent()) {
            throw new ProblemException("a workload with a base cannot choose a board: the base " + base.get().coordinates() + " stands on one already", board.get().where(), "Remove 'board'");
        }
        Path file = layer.resolve(board.get().value());
        if (!Files.isRegularFile(file)) {
            throw new ProblemException("board: there is no file '" + board.get().value() + "' (looked at " + file + ")", board.get().where(), "Correct the path");
        }
        Specification specification = read(file, problems);
        return Optional.of(new Layer(specification.value(Options.NAME).orElse(file.getParent().getFileName().toString()), null, specification, file.getParent()));
    }

    private Optional<Layer> replacements(Map<Option<SourceSpec>, String> sources) throws IOException {
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> options = new LinkedHashMap<>();
        sources.forEach((option, source) -> options.put(option.name(), source));
        String name = "plugin configuration";
        return Optional.of(new Layer(name, null, SpecificationReader.read(name, new ObjectMapper().writeValueAsString(options), log::warn), project.getBasedir().toPath()));
    }

    private String relative(Path file) {
        Path folder = project.getBasedir().toPath();
        return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
    }

    private String remembered(Path program, Supplier<String> ask) {
        try {
            return digests.of(program, ask::get);
        } catch (IOException e) {
            return ask.get();
        }
    }

    /**
     * What could be read.
     *
     * @param workload not to be built where there are problems
     * @param problems all that is wrong so far
     * @param complete whether all that the workload and its jobs stand on was found
     */
    public record Loaded(WorkloadProject workload, List<Problem> problems, boolean complete) {

        /** Keeps a copy. */
        public Loaded {
            problems = List.copyOf(problems);
        }
    }
}
