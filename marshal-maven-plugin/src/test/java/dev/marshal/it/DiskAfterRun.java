// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file system of a run's own disk as the guest left it, which is gone once the build is done with it: looked at by the program that runs QEMU. */
public final class DiskAfterRun {

    private static final String PROGRAM = "qemu-then-check.sh";

    private final Path result;

    private DiskAfterRun(Path result) {
        this.result = result;
    }

    /** Writes the program beside the specification, which has to say {@code qemu: qemu-then-check.sh}. @param build the workload's project */
    public static DiskAfterRun of(Build build) throws IOException {
        Path result = build.file("disk-after-run.txt");
        build.write("src/main/workload/" + PROGRAM, """
                #!/bin/sh
                PATH=$PATH:/sbin:/usr/sbin
                case $1 in --version) exec qemu-system-riscv64 "$@" ;; esac
                qemu-system-riscv64 "$@" || exit
                for word; do
                    case $word in file=*.qcow2,format=qcow2,*) layer=${word#file=} layer=${layer%%,*} ;; esac
                done
                [ -n "$layer" ] || exit 0
                { qemu-img convert -f qcow2 -O raw "$layer" "$layer.raw" && e2fsck -fn "$layer.raw"; echo "e2fsck: exit status $?"; } >> 'RESULT' 2>&1
                rm -f "$layer.raw"
                """.replace("RESULT", result.toString()));
        if (!build.file("src/main/workload/" + PROGRAM).toFile().setExecutable(true)) {
            throw new IOException("could not make " + PROGRAM + " executable");
        }
        return new DiskAfterRun(result);
    }

    /** The test fails unless the file system was clean after every run, and there were as many. */
    public void isCleanAfter(int runs) throws IOException {
        assertThat(result).isRegularFile();
        assertThat(Files.readAllLines(result).stream().filter(line -> line.startsWith("e2fsck: exit status ")).toList()).as("%s", result).hasSize(runs).containsOnly("e2fsck: exit status 0");
    }
}
