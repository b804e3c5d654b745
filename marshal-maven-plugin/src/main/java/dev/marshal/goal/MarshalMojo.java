// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** What every goal shares: it can be skipped, and a problem ends it with a message for the user. */
abstract class MarshalMojo extends AbstractMojo {

    /** Skips every goal of the plugin. */
    @Parameter(property = "marshal.skip", defaultValue = "false")
    private boolean skip;

    /** The goal that runs. */
    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    /** The properties of the user, who may skip this goal alone by {@code marshal.GOAL.skip}. */
    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private org.apache.maven.execution.MavenSession session;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip || skippedAlone()) {
            log().info("skipped");
            return;
        }
        try {
            run();
        } catch (ProblemException e) {
            throw new MojoFailureException(System.lineSeparator() + e.getMessage(), e);
        } catch (IOException | UncheckedIOException e) {
            throw new MojoExecutionException(explained(e), e);
        }
    }

    /** What the goal does. */
    abstract void run() throws IOException;

    /** The user's view of the build. */
    final Log log() {
        return new MavenLog(getLog());
    }

    /** Maven's session. */
    final org.apache.maven.execution.MavenSession session() {
        return session;
    }

    private boolean skippedAlone() {
        String property = "marshal." + execution.getGoal() + ".skip";
        String value = session.getUserProperties().getProperty(property);
        if (value == null && session.getCurrentProject() != null) {
            value = session.getCurrentProject().getProperties().getProperty(property);
        }
        return value != null && (value.isEmpty() || Boolean.parseBoolean(value));
    }

    private static String explained(Exception e) {
        String message = e instanceof UncheckedIOException unchecked ? unchecked.getCause().getMessage() : e.getMessage();
        if (message != null && message.contains("No space left on device")) {
            return "the disk is full: " + message + ". Make room, or move the cache to another disk with -Dmarshal.cache=DIR; what was built before is still there";
        }
        return e.getClass().getSimpleName() + ": " + message;
    }
}
