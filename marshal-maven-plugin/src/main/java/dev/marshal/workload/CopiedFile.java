// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

/**
 * An entry of {@code files}.
 *
 * @param source      file or folder on the host, relative to the workdir
 * @param destination absolute path in the root filesystem; a folder to put the source in if it ends in {@code /}, or if a folder is there already
 */
public record CopiedFile(String source, String destination) {}
