// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Requirement;
import dev.marshal.tool.Tool;
import dev.marshal.tool.Toolbox;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Says which programs the host lacks, and how to get them; fails if one is missing or too old. */
@Mojo(name = "doctor", requiresProject = false, threadSafe = true)
public class DoctorMojo extends MarshalMojo {

    /** Prefix of the cross compiler, such as {@code riscv64-linux-gnu-}; looked for unless set. */
    @Parameter(property = "marshal.crossCompile")
    private String crossCompile;

    @Override
    void run() {
        Toolbox tools = new Toolbox(System.getenv().getOrDefault("PATH", ""), (program, ask) -> ask.get());
        List<Problem> problems = new ArrayList<>();
        try {
            log().info("ok       " + tools.require(HostTools.CROSS_GCC.named(tools.crossPrefix(crossCompile) + "gcc")).version());
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            log().info("MISSING  a cross compiler for RISC-V");
        }
        for (Requirement requirement : HostTools.ALL) {
            try {
                Tool tool = tools.require(requirement);
                log().info(String.format("ok       %-20s %s", requirement.program(), tool.version()));
            } catch (ProblemException e) {
                problems.addAll(e.problems());
                log().info("MISSING  " + requirement.program());
            }
        }
        log().info(tools.find(HostTools.SPIKE).map(spike -> "ok       spike                " + spike.path()).orElse("absent   spike, needed only by workloads that ask for it"));
        log().info(tools.find(HostTools.MMDEBSTRAP).map(mmdebstrap -> "ok       mmdebstrap           " + mmdebstrap.version()).orElse("absent   mmdebstrap, needed only to make a base of the distribution 'debian'"));
        log().info(tools.find(HostTools.QEMU_USER_STATIC).or(() -> tools.find(HostTools.QEMU_USER)).map(qemu -> "ok       " + qemu.path().getFileName() + "  " + qemu.version())
                .orElse("absent   qemu-riscv64-static, without which a base of the distribution 'debian' takes a boot of the emulated machine"));
        List<String> absent = HostTools.BUILDROOT.stream().filter(requirement -> tools.find(requirement).isEmpty()).map(Requirement::program).toList();
        log().info(absent.isEmpty() ? "ok       what Buildroot asks for" : "absent   " + String.join(", ", absent) + ", needed only to make a base of the distribution 'buildroot'");
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }
}
