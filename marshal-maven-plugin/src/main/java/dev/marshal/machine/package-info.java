// SPDX-License-Identifier: Apache-2.0
/** Starts simulators, watches the console of the machine, and says how a run ended. */
package dev.marshal.machine;
