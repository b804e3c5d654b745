// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

/** What a child takes from its base where an option is concerned. */
public enum Inheritance {
    /** The option concerns the workload that sets it; children see its effect in the root filesystem that they copy. */
    NONE,
    /** The newest workload of the chain that sets the option decides. */
    REPLACED,
    /** What all workloads of the chain set is put together, oldest first. */
    APPENDED,
    /** Maps put together by key: a child's entry replaces its base's, {@code null} removes it. */
    MERGED
}
