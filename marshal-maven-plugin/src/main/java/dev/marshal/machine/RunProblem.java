// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Words for a run that did not end as it should. */
final class RunProblem {

    private RunProblem() {}

    static Problem of(MachineResult result) {
        MachineRequest request = result.request();
        return new Problem("'" + request.name() + "' on " + result.simulator() + " " + what(result), null, remedy(result) + console(result));
    }

    /** Seconds, with a tenth where that matters. */
    static String seconds(Duration time) {
        return time.toSeconds() < 10 ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0) : time.toSeconds() + " s";
    }

    private static String what(MachineResult result) {
        GuestScript script = result.request().script();
        String after = " after " + seconds(result.elapsed());
        return switch (result.ending()) {
            case PANIC -> "stopped" + after + ": " + result.fatal();
            case TIMED_OUT -> "did not power off within its time limit of " + seconds(result.request().limit()) + reached(result);
            case FLOODED -> "was ended" + after + ", since it printed more than the " + MachineRun.MOST_BYTES / MachineRequest.MIB + " MiB that are kept of a console";
            case DIED -> result.simulatorExit() == 0
                    ? "was ended" + after + " by somebody else than the guest" + messages(result)
                    : "failed" + after + ": the simulator exited with status " + result.simulatorExit() + messages(result);
            case INTERRUPTED -> "was interrupted" + after;
            case POWERED_OFF -> result.scriptStatus().isPresent()
                    ? "failed: " + script.title() + " exited with status " + result.scriptStatus().getAsInt()
                    : "powered off" + after + ", before " + script.title() + " began";
        };
    }

    private static String reached(MachineResult result) {
        GuestScript script = result.request().script();
        if (script == GuestScript.NONE) {
            return "";
        }
        if (result.scriptStatus().isPresent()) {
            return "; " + script.title() + " ended with status " + result.scriptStatus().getAsInt() + ", but the guest was not powered off";
        }
        return "; " + script.title() + (result.scriptBegan() ? " began and did not end" : " did not begin");
    }

    private static String remedy(MachineResult result) {
        GuestScript script = result.request().script();
        String messages = String.join("\n", result.messages());
        return switch (result.ending()) {
            case TIMED_OUT -> result.scriptStatus().isPresent()
                    ? "End the script with 'poweroff'. "
                    : "If it only needs longer, raise " + script.limitOption() + ". ";
            case DIED -> messages.contains("allocate memory") ? "Give the machine less memory with the option 'mem', or run fewer at once. " : "";
            case FLOODED -> "Make the guest print less. ";
            case POWERED_OFF -> result.scriptStatus().isPresent() ? "" : "Look for what powers it off while it boots. ";
            case PANIC, INTERRUPTED -> "";
        };
    }

    private static String messages(MachineResult result) {
        List<String> all = result.messages();
        return all.isEmpty() ? "" : ": " + String.join("; ", all.subList(Math.max(0, all.size() - 3), all.size()));
    }

    private static String console(MachineResult result) {
        Path uartlog = result.request().uartlog();
        if (result.tail().isEmpty()) {
            return "The console (" + uartlog + ") is empty";
        }
        String indent = System.lineSeparator() + "    ";
        return "The whole console is in " + uartlog + "; its last lines:" + indent + String.join(indent, result.tail());
    }
}
