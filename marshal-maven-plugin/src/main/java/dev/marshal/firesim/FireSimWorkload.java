// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firesim;

import dev.marshal.problem.ProblemException;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A workload in the form that FireSim's manager reads: a description in JSON, and a folder with the files that it names. The manager copies these to the
 * hosts of its FPGAs, so a folder holds them all and nothing outside is referred to.
 *
 * @param name  of the workload
 * @param nodes what runs: the workload itself on as many machines as there are, or its jobs, each on one
 * @param jobs  whether the nodes are jobs
 * @param hook  what runs on the manager's host after a run
 */
public record FireSimWorkload(String name, List<Node> nodes, boolean jobs, Optional<Hook> hook) {

    /** The manager writes names into command lines as they are. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/=:,@%+-]+");
    private static final String CONSOLE = "uartlog";

    /** @param script a program @param arguments that stand before the folder of results */
    public record Hook(Path script, List<String> arguments) {}

    /** Checks the names. @throws ProblemException if the manager could not cope with one, or two files would have the same */
    public FireSimWorkload {
        nodes = List.copyOf(nodes);
        check(name);
        nodes.forEach(node -> check(node.name()));
    }

    /** A workload or its jobs. @param chain the workload's @param nodes as above @param jobs as above */
    public static FireSimWorkload of(Chain chain, List<Node> nodes, boolean jobs) {
        Optional<Hook> hook = chain.get(Options.POST_RUN_HOOK).map(script -> new Hook(script.layer().resolve(script.value().path()), script.value().arguments()));
        return new FireSimWorkload(chain.name(), nodes, jobs, hook);
    }


    private static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ProblemException("FireSim's manager cannot cope with the name '" + name + "'", null, "Set 'name' to letters, digits, '.', '_' and '-'");
        }
    }

    /** All files, by the name that they get in the workload's folder. */
    Map<String, Path> files() {
        Map<String, Path> files = new LinkedHashMap<>();
        names().forEach((file, fileName) -> {
            Path other = files.put(fileName, file);
            if (other != null) {
                throw new ProblemException("two files of the workload are called '" + fileName + "', but FireSim wants all in one folder: " + other + " and " + file, null, "Rename one of them");
            }
        });
        return files;
    }

    /** The names that files get; a file that several nodes have gets one. */
    private Map<Path, String> names() {
        Map<Path, String> names = new LinkedHashMap<>();
        for (Node node : nodes) {
            names.putIfAbsent(node.bootBinary(), node.name() + "-bin.elf");
            node.rootfs().ifPresent(rootfs -> names.putIfAbsent(rootfs, node.name() + "-rootfs.img"));
            node.simulationInputs().forEach(input -> names.putIfAbsent(input, input.getFileName().toString()));
        }
        hook.ifPresent(each -> names.putIfAbsent(each.script(), each.script().getFileName().toString()));
        return names;
    }

    /** What the JSON file says: the keys are those that deploy/runtools/workload.py of FireSim reads. */
    Map<String, Object> description() {
        Map<Path, String> names = names();
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("benchmark_name", name);
        if (jobs) {
            description.put("common_simulation_outputs", List.of(CONSOLE));
            description.put("workloads", nodes.stream().map(node -> job(node, names)).toList());
        } else {
            Node node = nodes.get(0);
            description.put("common_bootbinary", names.get(node.bootBinary()));
            // without the key, the manager would look for an image called after the machine; null says that there is none
            description.put("common_rootfs", node.rootfs().map(names::get).orElse(null));
            description.put("common_outputs", outputs(node));
            List<String> simulationOutputs = new ArrayList<>(List.of(CONSOLE));
            node.simulationOutputs().stream().filter(output -> !output.equals(CONSOLE)).forEach(simulationOutputs::add);
            description.put("common_simulation_outputs", simulationOutputs);
            description.put("common_simulation_inputs", node.simulationInputs().stream().map(names::get).toList());
        }
        hook.ifPresent(each -> description.put("post_run_hook", command(each, names)));
        return description;
    }

    private static Map<String, Object> job(Node node, Map<Path, String> names) {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("name", node.name());
        job.put("bootbinary", names.get(node.bootBinary()));
        job.put("rootfs", node.rootfs().map(names::get).orElse(null));
        job.put("outputs", outputs(node));
        job.put("simulation_outputs", node.simulationOutputs().stream().filter(output -> !output.equals(CONSOLE)).toList());
        job.put("simulation_inputs", node.simulationInputs().stream().map(names::get).toList());
        return job;
    }

    /** The manager puts them after the folder where the image is mounted. */
    private static List<String> outputs(Node node) {
        return node.outputs().stream().map(output -> output.startsWith("/") ? output : "/" + output).toList();
    }

    /** The manager's shell runs it in the workload's folder, with the folder of results after it. */
    private static String command(Hook hook, Map<Path, String> names) {
        List<String> words = new ArrayList<>(List.of("./" + names.get(hook.script())));
        words.addAll(hook.arguments());
        return String.join(" ", words.stream().map(FireSimWorkload::quoted).toList());
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
