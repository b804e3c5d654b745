// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Java machine of its own that runs or launches a program, for tests that kill it. */
final class ChildBuild {

    private ChildBuild() {}

    /** @param arguments {@code run} or {@code launch}, the program, a folder */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[2]);
        MachineRequest request = new MachineRequest("child", GuestScript.NONE, Path.of(arguments[1]), null, 1, 64 * MachineRequest.MIB, List.of(), false, List.of(),
                folder.resolve("uartlog"), folder.resolve("work"), Duration.ofMinutes(5));
        Qemu qemu = new Qemu(Programs.TOOLBOX, null, new CollectingLog());
        MachineResult result = arguments[0].equals("run") ? qemu.run(request) : qemu.launch(request);
        System.out.println("ended: " + result.ending());
    }

    /** The command that starts it. */
    static List<String> command(String mode, Path program, Path folder) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"), ChildBuild.class.getName(),
                mode, program.toString(), folder.toString());
    }
}
