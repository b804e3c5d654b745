// SPDX-License-Identifier: Apache-2.0
package dev.marshal.project;

import java.time.Instant;

/**
 * What the user's build tool says of how to build.
 *
 * @param timestamp     the time that outputs bear
 * @param plugin        version and digest of marshal itself, part of every fingerprint
 * @param crossPrefix   prefix of the cross compiler; null to look for one
 * @param parallelism   how many jobs {@code make} runs at once
 * @param parallelJobs  how many machines run side by side; 0: as many as the host has processors and memory for
 * @param rootfsMargin  free space in an image that is shrunk to what is used, in bytes
 * @param buildTimeout  seconds that a guest-init boot may take, unless the specification says otherwise
 * @param runTimeout    seconds that a run may take, unless the specification says otherwise
 * @param ccache        whether compiled objects are kept by ccache; null: if it is installed
 * @param ccacheRemoteStorage where ccache shares objects with others, as its option {@code remote_storage}; null for nowhere
 */
public record Settings(Instant timestamp, String plugin, String crossPrefix, int parallelism, int parallelJobs, long rootfsMargin, int buildTimeout, int runTimeout,
        Boolean ccache, String ccacheRemoteStorage) {}
