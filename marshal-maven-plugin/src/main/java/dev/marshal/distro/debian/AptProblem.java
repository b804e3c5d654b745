// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import dev.marshal.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What went wrong when packages were put together, in words of the user's: read from the lines that apt and mmdebstrap print. */
enum AptProblem {

    /** The network or the mirror. */
    UNREACHABLE("Could not resolve|Temporary failure resolving|Could not connect|Unable to connect|Connection refused|Connection timed out|Connection failed|Network is unreachable|No route to host|Certificate verification failed",
            "the mirror %s cannot be reached", "Check the network and the proxy of the host's apt, or name another mirror in 'distro.opts.mirror'"),

    /** Release and Packages do not belong together: the mirror is being updated, or has stopped in the middle of it. */
    INCONSISTENT("unexpected size|Hash Sum mismatch|Mirror sync in progress|Hashes of expected file",
            "the mirror %s serves an index of the suite '%s' that does not belong to its Release file: it is in the middle of an update",
            "Try again later, name another suite or mirror in 'distro.opts', or build from a 'lock'"),

    /** No such suite. */
    NO_SUITE("does not have a Release file|Release' is not signed because|Release  ?404", "the mirror %s has no suite '%s'", "Correct 'distro.opts.suite'; the mirror's folder 'dists' lists what it has"),

    /** No such architecture in the suite. */
    NO_ARCHITECTURE("doesn't support architecture|does not support architecture", "the suite '%2$s' of the mirror %1$s has no packages for riscv64", "Choose another suite: Debian has riscv64 since trixie"),

    /** The signature, or its key. */
    BAD_SIGNATURE("NO_PUBKEY|is not signed|signatures couldn't be verified|signatures were invalid|BADSIG|EXPKEYSIG|Missing key|key .* which is needed|[Ss]ub-process .*sqv|could not be verified|not valid OpenPGP|unsupported filetype",
            "the index of the suite '%2$s' of the mirror %1$s is not signed by a key of the keyring",
            "Install a newer debian-archive-keyring, or name the mirror's keyring in 'distro.opts.keyring'; do not switch the check off"),

    /** Dates. */
    EXPIRED("is expired \\(invalid since|is not valid yet|Release file .* expired", "the index of the suite '%2$s' of the mirror %1$s is out of date",
            "Choose a mirror that is updated, check this host's clock, or set 'distro.opts.apt-options' to 'Acquire::Check-Valid-Until \"false\"' if you know why"),

    /** Packages. */
    NO_PACKAGE("Unable to locate package (\\S+)|Couldn't find any package|Version '.*' for '.*' was not found|Package '(\\S+)' has no installation candidate|has no installation candidate",
            "the suite '%2$s' of the mirror %1$s has no package '%3$s'", "Correct 'distro.opts.packages', or add the component that holds it to 'distro.opts.components'"),

    /** Packages that exclude each other. */
    UNMET("Unable to correct problems|unmet dependencies|held broken packages", "the packages cannot be installed together (suite '%2$s' of %1$s)", "Change 'distro.opts.packages'; the log says which of them exclude each other"),

    /** Memory: the root is put together in it. */
    FULL("No space left on device|Cannot write.*No space", "there is not enough memory or disk to put the root filesystem together", "Free some, or ask for fewer packages");

    private final Pattern pattern;
    private final String what;
    private final String remedy;

    AptProblem(String pattern, String what, String remedy) {
        this.pattern = Pattern.compile(pattern);
        this.what = what;
        this.remedy = remedy;
    }

    /** What a suite failed for. @param problem null if nobody knows what the lines mean @param name the package it is about */
    record Found(AptProblem problem, String name) {

        /** Whether another suite of the list may do better. */
        boolean ofThisSuiteOnly() {
            return problem == INCONSISTENT || problem == NO_SUITE || problem == NO_ARCHITECTURE || problem == EXPIRED;
        }

        String text(String mirror, String suite) {
            return String.format(problem.what, mirror, suite, name);
        }

        ProblemException exception(String mirror, String suite, String where, Path log) {
            return new ProblemException(text(mirror, suite) + " (" + log + ")", where, problem.remedy);
        }
    }

    /** The first that fits the lines that tell of errors; problem null if none does. */
    static Found find(List<String> lines) {
        for (String line : lines) {
            boolean error = line.startsWith("E: ") || line.startsWith("W: ") || line.startsWith("Err:") || line.startsWith(" ");
            for (AptProblem problem : error ? values() : new AptProblem[0]) {
                Matcher matcher = problem.pattern.matcher(line);
                if (matcher.find()) {
                    String name = null;
                    for (int i = 1; i <= matcher.groupCount() && name == null; i++) {
                        name = matcher.group(i);
                    }
                    return new Found(problem, name == null ? line.replaceFirst("^\\s*[EW]: ", "") : name);
                }
            }
        }
        return new Found(null, null);
    }
}
