// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Chain;

/**
 * A first root filesystem to be made.
 *
 * @param project what it is for: its chain is that of the workloads whose root it is, its layout says where logs and working files go
 * @param options {@code distro.opts} of every workload that sets them, oldest first: a chain of specifications whose options are those that the distribution declares
 * @param size    bytes that the specification asks for; 0: as many as the distribution likes
 */
public record RootRequest(WorkloadProject project, Chain options, long size) {

    /** The size to make it. @param standard bytes where the specification names none */
    public long sizeOr(long standard) {
        return size > 0 ? size : standard;
    }
}
