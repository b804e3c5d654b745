// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.workload.LocatedNode.Items;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Each job is a specification of its own; {@link SpecificationReader} reads it, and tells all that is wrong with it. */
final class JobsType implements OptionType<List<Specification>> {

    @Override
    public String expected() {
        return "a list of jobs, each a map of options with a 'name'";
    }

    @Override
    public List<Specification> read(LocatedNode node) throws BadValue {
        List<Problem> problems = new ArrayList<>();
        List<Specification> jobs = read(node, new Remarks(warning -> {}, problems));
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return jobs;
    }

    @Override
    public List<Specification> read(LocatedNode node, Remarks remarks) throws BadValue {
        if (!(node instanceof Items items)) {
            throw new BadValue(node.kind() + " stands where " + expected() + " is expected", node.location());
        }
        return SpecificationReader.jobs(items, remarks);
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.list(JsonSchema.reference(JsonSchema.JOB));
    }

    @Override
    public Object write(List<Specification> value, PathMapper paths) throws IOException {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Specification job : value) {
            written.add(job.write(paths));
        }
        return written;
    }

    @Override
    public List<NamedPath> paths(List<Specification> value) {
        return List.of(); // they are checked and kept with each job, which may have a workdir of its own
    }
}
