// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.ProblemException;
import java.util.function.Supplier;

/**
 * What a root filesystem that is published as a difference stands on.
 *
 * @param coordinates {@code groupId:artifactId:version} of the workload whose root filesystem it is
 * @param identity    the {@link BaseWorkload#rootfsIdentity} that it had when the difference was made
 * @param resolver    gets that workload
 */
public record RootfsBase(String coordinates, String identity, Supplier<BaseWorkload> resolver) {

    /**
     * The workload.
     *
     * @param child coordinates of the workload that stands on it, for messages
     * @throws ProblemException if its root filesystem is another one now
     */
    public BaseWorkload workload(String child) {
        BaseWorkload base = resolver.get();
        if (!base.rootfsIdentity().equals(identity)) {
            throw new ProblemException("the root filesystem of " + child + " is published as the difference from that of " + coordinates + ", but from another one than is there: workload.json of "
                    + child + " says " + identity + ", that of " + coordinates + " gives " + (base.rootfs().isEmpty() ? "none" : base.rootfsIdentity()), null,
                    "A release must not be published twice: delete " + coordinates + " from the local repository if it was built there, or publish " + child + " again");
        }
        return base;
    }
}
