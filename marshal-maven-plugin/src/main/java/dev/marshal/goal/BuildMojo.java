// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.project.WorkloadProject;
import java.io.IOException;

/** A goal that does a part of the build of a workload, then the same of each of its jobs, which stand on it. */
abstract class BuildMojo extends WorkloadMojo {

    @Override
    final void run() throws IOException {
        for (WorkloadProject each : workload().withItsJobs()) {
            build(each);
        }
    }

    /** What the goal does for one of them. */
    abstract void build(WorkloadProject workload) throws IOException;
}
