// SPDX-License-Identifier: Apache-2.0
package dev.marshal.problem;

import java.util.Objects;

/**
 * One thing that stops a build.
 *
 * @param what   what is wrong, without a full stop
 * @param where  a {@link Location}, a POM element, a path; null if the whole build is meant
 * @param remedy what the user does next: a sentence
 */
public record Problem(String what, String where, String remedy) {

    /** Every problem has a text and a remedy. */
    public Problem {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** {@code where: what. remedy} */
    @Override
    public String toString() {
        return (where == null ? "" : where + ": ") + what + ". " + remedy;
    }
}
