// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.systemd;

import dev.marshal.distro.Distribution.BootScript;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.rootfs.ImagePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How a root filesystem with systemd runs a workload's script: as a service after {@code multi-user.target}, in a target of its own that is what boots.
 * The same for every distribution with systemd 239 or newer.
 */
public final class SystemdBoot {

    private static final ImagePath FOLDER = ImagePath.of("/etc/marshal");
    private static final ImagePath UNITS = ImagePath.of("/etc/systemd/system");
    private static final ImagePath NETWORK = ImagePath.of("/etc/systemd/network");
    private static final ImagePath GENERATORS = ImagePath.of("/etc/systemd/system-generators");
    private static final ImagePath PROGRAM = ImagePath.of("/usr/local/lib/marshal/marshal-run");
    private static final ImagePath POWEROFF = FOLDER.resolve("poweroff");

    private SystemdBoot() {}

    /** What a root filesystem needs once: the units, one login on the console of the kernel, a console that is the workload's alone. */
    public static void prepare(ImageEditor image) throws IOException {
        image.addBytes(resource("marshal-run"), PROGRAM, 0755);
        for (String unit : List.of("marshal.target", "marshal-run.service", "marshal-login.service")) {
            image.addBytes(resource(unit), UNITS.resolve(unit), 0644);
        }
        link(image, UNITS.resolve("default.target"), "marshal.target");
        // else a second login would be on the same wire wherever the firmware's console is the kernel's
        link(image, GENERATORS.resolve("systemd-getty-generator"), "/dev/null");
        image.addBytes(resource("marshal.conf"), ImagePath.of("/etc/systemd/system.conf.d/marshal.conf"), 0644);
        image.addBytes(resource("journald.conf"), ImagePath.of("/etc/systemd/journald.conf.d/marshal.conf"), 0644);
        // not at boot, but whenever somebody asks for them: a link to nothing takes away the wish only
        for (String wish : List.of("multi-user.target.wants/systemd-logind.service", "sysinit.target.wants/systemd-pstore.service", "sysinit.target.wants/sys-fs-fuse-connections.mount")) {
            link(image, UNITS.resolve(wish), "/dev/null");
        }
        image.mkdir(FOLDER, 0755);
    }

    /** The network card is eth0, and asks for its address by DHCP; FireSim's has one of its own. */
    public static void network(ImageEditor image) throws IOException {
        link(image, NETWORK.resolve("99-default.link"), "/dev/null");
        image.addBytes(resource("80-marshal-eth0.network"), NETWORK.resolve("80-marshal-eth0.network"), 0644);
        image.addBytes(resource("marshal-address"), GENERATORS.resolve("marshal-address"), 0755);
        String service = "/usr/lib/systemd/system/systemd-networkd.service";
        link(image, UNITS.resolve("multi-user.target.wants/systemd-networkd.service"), service);
        link(image, UNITS.resolve("dbus-org.freedesktop.network1.service"), service);
        link(image, UNITS.resolve("sockets.target.wants/systemd-networkd.socket"), "/usr/lib/systemd/system/systemd-networkd.socket");
        link(image, UNITS.resolve("network-online.target.wants/systemd-networkd-wait-online.service"), "/usr/lib/systemd/system/systemd-networkd-wait-online.service");
    }

    /** As {@link dev.marshal.distro.Distribution#runAtBoot}. */
    public static void runAtBoot(ImageEditor image, BootScript script, boolean poweroff) throws IOException {
        if (poweroff) {
            image.addBytes(new byte[0], POWEROFF, 0644);
        } else {
            image.remove(POWEROFF);
        }
        install(image, "run", script);
    }

    /** As {@link dev.marshal.distro.Distribution#runsAtBoot}. */
    public static boolean runsAtBoot(Ext4Reader image) throws IOException {
        return image.find(FOLDER.resolve("run"), false).isPresent();
    }

    /** As {@link dev.marshal.distro.Distribution#runOnce}. */
    public static void runOnce(ImageEditor image, BootScript script) throws IOException {
        install(image, "guest-init", script);
    }

    /** {@code /etc/marshal/NAME} is what marshal-run runs; a script of the user's lies beside it. */
    private static void install(ImageEditor image, String name, BootScript script) throws IOException {
        image.addBytes(resource("marshal-run"), PROGRAM, 0755);
        ImagePath userScript = FOLDER.resolve(name + "-script");
        String text = "#!/bin/sh\n";
        if (script.file() == null) {
            text += "cd /\n" + script.words().get(0) + "\n";
            image.remove(userScript);
        } else {
            image.addFile(script.file(), userScript, 0755);
            // beside this file wherever that has been moved to
            StringBuilder call = new StringBuilder("exec \"${0%/*}/" + name + "-script\"");
            script.words().forEach(word -> call.append(" '").append(word.replace("'", "'\\''")).append('\''));
            text += call + "\n";
        }
        image.addBytes(text.getBytes(StandardCharsets.UTF_8), FOLDER.resolve(name), 0755);
    }

    private static void link(ImageEditor image, ImagePath path, String target) throws IOException {
        image.symlink(path, target.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SystemdBoot.class.getResourceAsStream("/dev/marshal/distro/systemd/" + name)) {
            return in.readAllBytes();
        }
    }
}
