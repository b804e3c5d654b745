// SPDX-License-Identifier: Apache-2.0
package dev.marshal.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Stops a build because of problems that the user can mend. Its message is meant to be read by the user as it is. */
public class ProblemException extends RuntimeException {

    private final transient List<Problem> problems;

    /** @param problems at least one */
    public ProblemException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** @see Problem */
    public ProblemException(String what, Object where, String remedy) {
        this(List.of(new Problem(what, where == null ? null : where.toString(), remedy)));
    }

    /** @see Problem */
    public ProblemException(String what, Object where, String remedy, Throwable cause) {
        this(what, where, remedy);
        initCause(cause);
    }

    /** What is wrong, in the order found. */
    public List<Problem> problems() {
        return problems;
    }
}
