// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import java.util.List;

/** The programs that marshal starts. Where Linux names a minimum, it is that of {@code Documentation/process/changes.rst}. */
public final class HostTools {

    private static final List<String> VERSION = List.of("--version");

    /** GNU make, for Linux, firmware and BusyBox. */
    public static final Requirement MAKE = new Requirement("make", Version.of("3.82"), VERSION, "compile Linux", "make", "make", "make");
    /** The cross compiler; the prefix is put before the name. */
    public static final Requirement CROSS_GCC = new Requirement("gcc", Version.of("7.1"), VERSION, "compile for RISC-V", "gcc-riscv64-linux-gnu libc6-dev-riscv64-cross", "gcc-riscv64-linux-gnu", "riscv64-linux-gnu-gcc");
    /** The host's compiler, for Linux's own build programs. */
    public static final Requirement HOST_GCC = new Requirement("gcc", Version.of("5.1"), VERSION, "compile Linux's own build programs", "gcc libc6-dev", "gcc glibc-devel", "base-devel");
    /** Keeps compiled objects; used where it is installed. */
    public static final Requirement CCACHE = new Requirement("ccache", Version.of("3.7"), VERSION, "keep compiled objects (marshal.ccache)", "ccache", "ccache", "ccache");
    /** For Linux's Kconfig. */
    public static final Requirement FLEX = new Requirement("flex", Version.of("2.5.35"), VERSION, "compile Linux's Kconfig", "flex", "flex", "flex");
    /** For Linux's Kconfig. */
    public static final Requirement BISON = new Requirement("bison", Version.of("2.0"), VERSION, "compile Linux's Kconfig", "bison", "bison", "bison");
    /** For Linux's time constants. */
    public static final Requirement BC = new Requirement("bc", null, VERSION, "compile Linux", "bc", "bc", "bc");
    /** Unpacks sources. */
    public static final Requirement TAR = new Requirement("tar", Version.of("1.28"), VERSION, "unpack source archives", "tar", "tar", "tar");
    /** Unpacks xz archives for tar. */
    public static final Requirement XZ = new Requirement("xz", null, VERSION, "unpack source archives", "xz-utils", "xz", "xz");
    /** Unpacks bzip2 archives for tar. */
    public static final Requirement BZIP2 = new Requirement("bzip2", null, List.of(), "unpack source archives", "bzip2", "bzip2", "bzip2");
    /** For Linux's scripts. */
    public static final Requirement PERL = new Requirement("perl", null, List.of(), "compile Linux", "perl", "perl", "perl");
    /** For OpenSBI's Kconfig. */
    public static final Requirement PYTHON = new Requirement("python3", Version.of("3.6"), VERSION, "compile OpenSBI", "python3", "python3", "python");
    /** Indexes kernel modules. */
    public static final Requirement DEPMOD = new Requirement("depmod", null, VERSION, "index kernel modules", "kmod", "kmod", "kmod");
    /** Makes file systems. */
    public static final Requirement MKE2FS = new Requirement("mke2fs", Version.of("1.45"), List.of("-V"), "make ext4 images", "e2fsprogs", "e2fsprogs", "e2fsprogs");
    /** Edits file systems without mounting them. */
    public static final Requirement DEBUGFS = new Requirement("debugfs", Version.of("1.45"), List.of("-V"), "edit ext4 images", "e2fsprogs", "e2fsprogs", "e2fsprogs");
    /** Changes the size of file systems. */
    public static final Requirement RESIZE2FS = new Requirement("resize2fs", null, List.of(), "change the size of ext4 images", "e2fsprogs", "e2fsprogs", "e2fsprogs");
    /** Checks file systems. */
    public static final Requirement E2FSCK = new Requirement("e2fsck", Version.of("1.45"), List.of("-V"), "check ext4 images", "e2fsprogs", "e2fsprogs", "e2fsprogs");
    /** The simulator that every workload can run on. */
    public static final Requirement QEMU = new Requirement("qemu-system-riscv64", Version.of("7.0"), VERSION, "boot workloads", "qemu-system-misc", "qemu-system-riscv", "qemu-system-riscv");
    /** Copy-on-write layers over images, and differences between them; compresses with Zstandard since 5.1. */
    public static final Requirement QEMU_IMG = new Requirement("qemu-img", Version.of("5.1"), VERSION, "lay a writable layer over an image", "qemu-utils", "qemu-img", "qemu-img");
    /** Sources in git. */
    public static final Requirement GIT = new Requirement("git", Version.of("2.18"), VERSION, "fetch sources from git", "git", "git", "git");
    /** Starts tools in a session of their own. */
    public static final Requirement SETSID = new Requirement("setsid", null, List.of(), "end tools together with the build", "util-linux", "util-linux", "util-linux");
    /** The RISC-V ISA simulator; only workloads that ask for it need it. */
    public static final Requirement SPIKE = new Requirement("spike", null, List.of(), "boot workloads on Spike", "spike (where packaged; otherwise from the source of riscv-isa-sim)", "spike (from source)", "spike");

    /** Puts Debian packages together to a root filesystem; only the distribution 'debian' needs it. */
    public static final Requirement MMDEBSTRAP = new Requirement("mmdebstrap", Version.of("1.3"), VERSION, "make a root filesystem of Debian packages", "mmdebstrap debian-archive-keyring", "mmdebstrap debian-keyring", "mmdebstrap (from source)");
    /** Looks into Debian packages; comes with dpkg. */
    public static final Requirement DPKG_DEB = new Requirement("dpkg-deb", null, VERSION, "read Debian packages", "dpkg", "dpkg", "dpkg");
    /** Enters namespaces. */
    public static final Requirement UNSHARE = new Requirement("unshare", Version.of("2.38"), VERSION, "be root in a namespace", "util-linux uidmap", "util-linux", "util-linux");
    /** Runs RISC-V programs, without libraries of its own. */
    public static final Requirement QEMU_USER_STATIC = new Requirement("qemu-riscv64-static", null, VERSION, "run RISC-V programs", "qemu-user-static", "qemu-user-static", "qemu-user-static");
    /** The same under the name that it has where every build of it is static. */
    public static final Requirement QEMU_USER = new Requirement("qemu-riscv64", null, VERSION, "run RISC-V programs", "qemu-user", "qemu-user", "qemu-user");

    /** For host programs of Buildroot. */
    public static final Requirement HOST_GXX = new Requirement("g++", Version.of("4.8"), VERSION, "compile Buildroot's host programs", "g++", "gcc-c++", "base-devel");
    /** For Buildroot's patches of its packages. */
    public static final Requirement PATCH = new Requirement("patch", Version.of("2.7"), VERSION, "run Buildroot", "patch", "patch", "patch");
    /** For Buildroot's download of sources; asked for even where nothing is to be fetched. */
    public static final Requirement WGET = new Requirement("wget", null, List.of(), "run Buildroot", "wget", "wget", "wget");
    /** For Buildroot's archives of root filesystems. */
    public static final Requirement CPIO = new Requirement("cpio", null, List.of(), "run Buildroot", "cpio", "cpio", "cpio");
    /** For Buildroot's source archives. */
    public static final Requirement UNZIP = new Requirement("unzip", null, List.of(), "run Buildroot", "unzip", "unzip", "unzip");
    /** For Buildroot's copies of trees. */
    public static final Requirement RSYNC = new Requirement("rsync", null, List.of(), "run Buildroot", "rsync", "rsync", "rsync");
    /** For Buildroot's checks of what it built. */
    public static final Requirement FILE = new Requirement("file", null, List.of(), "run Buildroot", "file", "file", "file");

    /** What Buildroot asks for, whatever it is to build; the cross compiler aside. */
    public static final List<Requirement> BUILDROOT = List.of(MAKE, HOST_GCC, HOST_GXX, PERL, TAR, BZIP2, PATCH, WGET, CPIO, UNZIP, RSYNC, FILE, BC);

    /** What an ordinary workload needs, in the order in which it needs it; the cross compiler and Spike aside. */
    public static final List<Requirement> ALL = List.of(SETSID, MAKE, HOST_GCC, FLEX, BISON, BC, PERL, PYTHON, TAR, XZ, BZIP2, DEPMOD, MKE2FS, DEBUGFS, RESIZE2FS, E2FSCK, QEMU, QEMU_IMG, GIT);

    private HostTools() {}
}
