// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import dev.marshal.initramfs.BusyboxBuild;
import dev.marshal.initramfs.BusyboxFragments;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.rootfs.ImagePath;
import dev.marshal.uptodate.Inputs;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Distro;
import dev.marshal.workload.Inheritance;
import dev.marshal.workload.Option;
import dev.marshal.workload.OptionTypes;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A root filesystem of BusyBox alone. Its skeleton (inittab, boot scripts, users) is an overlay of the base that names it. A workload's script is run
 * by the last script of {@code /etc/init.d}.
 */
public final class BusyboxDistribution implements Distribution {

    /** {@code distro.opts.config} */
    private static final Option<List<String>> CONFIG = new Option<>(Distro.OPTIONS + "config", OptionTypes.FILES, Inheritance.APPENDED,
            "Configuration fragments of BusyBox, applied on top of busybox.config and of the base's fragments, for the root filesystem; the initramfs is not concerned.");
    private static final long SIZE = 256L << 20;
    private static final String LABEL = "rootfs";
    private static final ImagePath FOLDER = ImagePath.of("/etc/marshal");
    private static final ImagePath S99RUN = ImagePath.of("/etc/init.d/S99run");
    private static final String SHADOW = """
            root::20000:0:99999:7:::
            daemon:*:20000:0:99999:7:::
            nobody:*:20000:0:99999:7:::
            """;
    private static final List<String> FOLDERS = List.of("/bin", "/sbin", "/usr", "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/share", "/dev", "/proc", "/sys", "/run", "/mnt", "/etc", "/etc/init.d",
            "/etc/marshal", "/home", "/opt", "/lib", "/lib/modules", "/var", "/var/log", "/var/lib", "/var/cache", "/var/spool");

    @Override
    public String name() {
        return "busybox";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(CONFIG);
    }

    @Override
    public Inputs identify(RootRequest request, Inputs inputs) throws IOException {
        WorkloadProject project = request.project();
        Chain chain = project.chain();
        Sourced<String> config = chain.require(Options.BUSYBOX_CONFIG, "make the root filesystem");
        return inputs.value("option busybox.source", project.identity(chain.require(Options.BUSYBOX_SOURCE, "make the root filesystem")))
                .file("option busybox.config", config.layer().resolve(config.value()))
                .value("cross compiler", project.crossCompiler().version());
    }

    @Override
    public void make(RootRequest request, Ext4Image image) throws IOException {
        image.create(request.sizeOr(SIZE), LABEL);
        try (ImageEditor editor = image.edit()) {
            fill(request, editor);
            editor.apply();
        }
    }

    private static void fill(RootRequest request, ImageEditor image) throws IOException {
        WorkloadProject project = request.project();
        var source = project.chain().require(Options.BUSYBOX_SOURCE, "make the root filesystem");
        var config = project.chain().require(Options.BUSYBOX_CONFIG, "make the root filesystem");
        BusyboxBuild.Result busybox = new BusyboxBuild(project.cache().folder(), project.tools(), project.crossPrefix(), project.settings().parallelism(), project.log())
                .build(project.provide(source), configuration(request, config.layer().resolve(config.value())), project.layout().log("busybox"));
        for (String folder : FOLDERS) {
            image.mkdir(ImagePath.of(folder), 0755);
        }
        image.mkdir(ImagePath.of("/root"), 0700).mkdir(ImagePath.of("/tmp"), 01777).mkdir(ImagePath.of("/var/tmp"), 01777);
        // here and not in the overlay of the base, since git does not keep its mode: root may log in without a password
        image.addBytes(SHADOW.getBytes(StandardCharsets.UTF_8), ImagePath.of("/etc/shadow"), 0600);
        link(image, "/var/run", "../run");
        link(image, "/var/lock", "../run/lock");
        // setuid, as its login, su and ping want it; applets that do not need it give it up
        image.addFile(busybox.program(), ImagePath.of("/bin/busybox"), 04755);
        for (String applet : busybox.applets()) {
            link(image, applet, "/bin/busybox");
        }
    }

    private static Path configuration(RootRequest request, Path config) throws IOException {
        List<Path> configurations = new ArrayList<>(List.of(config));
        request.options().all(CONFIG).forEach(fragments -> fragments.value().forEach(fragment -> configurations.add(fragments.layer().resolve(fragment))));
        if (configurations.size() == 1) {
            return config;
        }
        Path merged = request.project().layout().work().resolve("busybox.config");
        BusyboxFragments.merge(configurations, merged);
        return merged;
    }

    @Override
    public void runAtBoot(ImageEditor image, BootScript script, boolean poweroff) throws IOException {
        ImagePath poweroffMark = FOLDER.resolve("poweroff");
        if (poweroff) {
            image.addBytes(new byte[0], poweroffMark, 0644);
        } else if (image.exists(poweroffMark)) {
            image.remove(poweroffMark);
        }
        install(image, "run", script);
    }

    @Override
    public boolean runsAtBoot(Ext4Reader image) throws IOException {
        return image.find(FOLDER.resolve("run"), false).isPresent();
    }

    @Override
    public void runOnce(ImageEditor image, BootScript script) throws IOException {
        install(image, "guest-init", script);
    }

    /** {@code /etc/marshal/NAME} is what S99run runs; a script of the user's lies beside it. */
    private static void install(ImageEditor image, String name, BootScript script) throws IOException {
        image.addBytes(resource("S99run"), S99RUN, 0755);
        ImagePath file = FOLDER.resolve(name);
        ImagePath userScript = FOLDER.resolve(name + "-script");
        String text = "#!/bin/sh\n";
        if (script.file() == null) {
            text += "cd /\n" + script.words().get(0) + "\n";
            if (image.exists(userScript)) {
                image.remove(userScript);
            }
        } else {
            image.addFile(script.file(), userScript, 0755);
            // beside this file wherever that has been moved to
            StringBuilder call = new StringBuilder("exec \"${0%/*}/" + name + "-script\"");
            script.words().forEach(word -> call.append(" '").append(word.replace("'", "'\\''")).append('\''));
            text += call + "\n";
        }
        image.addBytes(text.getBytes(StandardCharsets.UTF_8), file, 0755);
    }

    private static void link(ImageEditor image, String path, String target) throws IOException {
        image.symlink(ImagePath.of(path), target.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = BusyboxDistribution.class.getResourceAsStream("/dev/marshal/distro/busybox/" + name)) {
            return in.readAllBytes();
        }
    }
}
