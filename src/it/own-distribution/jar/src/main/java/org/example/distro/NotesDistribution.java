// SPDX-License-Identifier: Apache-2.0
package org.example.distro;

import static dev.marshal.workload.Inheritance.APPENDED;
import static dev.marshal.workload.Inheritance.REPLACED;

import dev.marshal.distro.BusyboxDistribution;
import dev.marshal.distro.Distribution;
import dev.marshal.distro.DistroEnvironment;
import dev.marshal.distro.RootRequest;
import dev.marshal.problem.ProblemException;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.rootfs.ImagePath;
import dev.marshal.uptodate.Inputs;
import dev.marshal.workload.Distro;
import dev.marshal.workload.Option;
import dev.marshal.workload.OptionTypes;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A root filesystem of BusyBox with notes in {@code /usr/share/notes}, and a motto that is taken from the environment. */
public final class NotesDistribution implements Distribution {

    private static final Option<List<String>> NOTES = new Option<>(Distro.OPTIONS + "notes", OptionTypes.FILES, APPENDED, "Files that become notes.");
    private static final Option<String> MOTTO = new Option<>(Distro.OPTIONS + "motto", OptionTypes.TEXT, REPLACED, "Name of the variable of the environment that holds the motto.");
    private static final ImagePath FOLDER = ImagePath.of("/usr/share/notes");

    private final BusyboxDistribution busybox = new BusyboxDistribution();

    @Override
    public String name() {
        return "notes";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(NOTES, MOTTO, DistroEnvironment.OPTION);
    }

    @Override
    public void check(RootRequest request) {
        Sourced<String> motto = request.options().get(MOTTO).orElseThrow(() -> new ProblemException("the notes have no motto", request.options().own().specification().where(), "Set 'motto'"));
        if (!environment(request).variables().containsKey(motto.value())) {
            throw new ProblemException("the motto is in the variable '" + motto.value() + "', which 'environment' does not set", motto.where(), "Set it");
        }
    }

    @Override
    public Inputs identify(RootRequest request, Inputs inputs) throws IOException {
        return environment(request).describe(busybox.identify(request, inputs));
    }

    @Override
    public void make(RootRequest request, Ext4Image image) throws IOException {
        busybox.make(request, image);
        Map<String, String> variables = environment(request).variables();
        try (ImageEditor editor = image.edit()) {
            for (Sourced<List<String>> notes : request.options().all(NOTES)) {
                for (String note : notes.value()) {
                    var file = notes.layer().resolve(note);
                    editor.addFile(file, FOLDER.resolve(file.getFileName().toString()), 0644);
                }
            }
            String motto = variables.get(request.options().value(MOTTO).orElseThrow());
            editor.addBytes((motto + "\n").getBytes(StandardCharsets.UTF_8), FOLDER.resolve("motto"), 0644);
            editor.apply();
        }
    }

    @Override
    public void runAtBoot(ImageEditor image, BootScript script, boolean poweroff) throws IOException {
        busybox.runAtBoot(image, script, poweroff);
    }

    @Override
    public boolean runsAtBoot(Ext4Reader image) throws IOException {
        return busybox.runsAtBoot(image);
    }

    @Override
    public void runOnce(ImageEditor image, BootScript script) throws IOException {
        busybox.runOnce(image, script);
    }

    private static DistroEnvironment environment(RootRequest request) {
        return new DistroEnvironment(request.options(), System.getenv());
    }
}
