// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

/** How the run of a machine ended. */
public enum Ending {
    /** The guest ended it. */
    POWERED_OFF,
    /** Kernel, firmware or initramfs gave up; the machine was stopped. */
    PANIC,
    /** The machine was stopped at its time limit. */
    TIMED_OUT,
    /** The machine was stopped because it filled the disk with what it printed. */
    FLOODED,
    /** The simulator failed, or somebody ended it. */
    DIED,
    /** The thread that waited was interrupted; the machine was stopped. */
    INTERRUPTED
}
