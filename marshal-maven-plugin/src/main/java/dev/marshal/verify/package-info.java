// SPDX-License-Identifier: Apache-2.0
/** Compares the outputs of runs with references, and reports the result to people and to CI servers. */
package dev.marshal.verify;
