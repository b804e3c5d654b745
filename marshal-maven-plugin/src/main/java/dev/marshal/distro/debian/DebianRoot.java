// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import dev.marshal.distro.systemd.SystemdBoot;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.rootfs.ImagePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns packages that are installed into a machine's root: its name, its network, its logins; and without what depends on the day it was made. */
final class DebianRoot {

    private static final String HOSTNAME = "debian";
    /** Units that only make work for a machine that lives for minutes. */
    private static final List<String> IDLE_TIMERS = List.of("apt-daily", "apt-daily-upgrade", "dpkg-db-backup", "e2scrub_all", "fstrim");
    /** Copies, locks, caches and logs that installing leaves behind. */
    private static final List<String> LEFTOVERS = List.of("/etc/apt/apt.conf.d/99mmdebstrap", "/etc/dpkg/dpkg.cfg.d/99mmdebstrap", "/etc/.pwd.lock", "/etc/.resolv.conf.systemd-resolved.bak", "/etc/passwd-",
            "/etc/group-", "/etc/shadow-", "/etc/gshadow-", "/etc/subuid-", "/etc/subgid-", "/var/lib/dpkg/status-old", "/var/lib/dpkg/diversions-old", "/var/lib/dpkg/statoverride-old", "/var/lib/dpkg/available",
            "/var/cache/debconf/config.dat-old", "/var/cache/debconf/templates.dat-old", "/var/cache/debconf/passwords.dat", "/var/cache/ldconfig/aux-cache", "/var/cache/apt/pkgcache.bin",
            "/var/cache/apt/srcpkgcache.bin", "/var/lib/systemd/random-seed", "/var/log/dpkg.log", "/var/log/bootstrap.log", "/var/log/alternatives.log", "/var/log/fontconfig.log", "/var/log/journal",
            "/root/.bash_history");

    private DebianRoot() {}

    /** @param mirror where the guest's apt gets packages from */
    static void finish(Ext4Image image, String mirror, PackageLock lock) throws IOException {
        try (ImageEditor editor = image.edit()) {
            for (String leftover : LEFTOVERS) {
                editor.remove(ImagePath.of(leftover));
            }
            for (String folder : List.of("/dev", "/run", "/tmp", "/var/log/apt", "/var/lib/apt/lists")) {
                editor.clear(ImagePath.of(folder));
            }
            for (String timer : IDLE_TIMERS) {
                editor.remove(ImagePath.of("/etc/systemd/system/timers.target.wants/" + timer + ".timer"));
            }
            editor.remove(ImagePath.of("/etc/systemd/system/getty.target.wants/getty@tty1.service"));
            text(editor, "/etc/apt/sources.list", "deb " + mirror + " " + lock.suite() + " " + String.join(" ", lock.components()) + "\n");
            text(editor, "/etc/hostname", HOSTNAME + "\n");
            text(editor, "/etc/hosts", "127.0.0.1 localhost\n127.0.1.1 " + HOSTNAME + "\n::1 localhost ip6-localhost ip6-loopback\n");
            text(editor, "/etc/fstab", "");
            // each machine gets an identity of its own at its first boot
            text(editor, "/etc/machine-id", "");
            // nothing is left to be brought up to date at the first boot: these are as old as /usr
            text(editor, "/etc/.updated", "");
            text(editor, "/var/.updated", "");
            SystemdBoot.prepare(editor);
            SystemdBoot.network(editor);
            editor.apply();
        }
    }

    private static void text(ImageEditor editor, String path, String text) throws IOException {
        editor.remove(ImagePath.of(path));
        editor.addBytes(text.getBytes(StandardCharsets.UTF_8), ImagePath.of(path), 0644);
    }
}
