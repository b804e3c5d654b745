// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import dev.marshal.problem.ProblemException;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Distro;
import dev.marshal.workload.Inheritance;
import dev.marshal.workload.Option;
import dev.marshal.workload.OptionTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code distro.opts} says of a Debian root.
 *
 * @param suites     one or more, the first that the mirror serves whole is taken
 * @param mirror     address; empty for the host's own
 * @param components parts of the archive
 * @param packages   packages beside the required ones
 * @param aptOptions lines of apt's configuration
 * @param keyring    file of keys that sign the mirror's indexes; empty for the host's keyring of Debian
 * @param lock       versions to take; empty for the newest
 * @param emulated   whether packages are configured in a boot of the emulated machine although the host could do it
 */
record DebianOptions(List<String> suites, Optional<String> mirror, List<String> components, List<String> packages, List<String> aptOptions, Optional<Path> keyring, Optional<Path> lock,
        boolean emulated) {

    static final Option<List<String>> SUITE = new Option<>(Distro.OPTIONS + "suite", OptionTypes.TEXTS, Inheritance.REPLACED,
            "suites of the archive, such as trixie: the first that the mirror serves whole is taken (trixie testing)");
    static final Option<String> MIRROR = new Option<>(Distro.OPTIONS + "mirror", OptionTypes.TEXT, Inheritance.REPLACED, "address of the archive (the mirror that the host's apt uses)");
    static final Option<List<String>> COMPONENTS = new Option<>(Distro.OPTIONS + "components", OptionTypes.TEXTS, Inheritance.REPLACED, "components of the archive (main)");
    static final Option<List<String>> PACKAGES = new Option<>(Distro.OPTIONS + "packages", OptionTypes.TEXTS, Inheritance.APPENDED,
            "packages beside the required ones and what boots them (" + String.join(" ", Mmdebstrap.BOOTS) + ")");
    static final Option<List<String>> APT_OPTIONS = new Option<>(Distro.OPTIONS + "apt-options", OptionTypes.TEXTS, Inheritance.APPENDED,
            "options of apt while the root filesystem is made, each like 'Acquire::Retries \"5\"', after those of the host's apt for fetching (proxies, certificates, dates)");
    static final Option<String> KEYRING = new Option<>(Distro.OPTIONS + "keyring", OptionTypes.FILE, Inheritance.REPLACED, "file of the keys that sign the archive's indexes (the host's keyring of Debian)");
    static final Option<String> LOCK = new Option<>(Distro.OPTIONS + "lock", OptionTypes.FILE, Inheritance.REPLACED,
            "a packages.lock of an earlier build: exactly these packages are taken, and 'suite' and 'packages' do not count");
    static final Option<Boolean> EMULATED = new Option<>(Distro.OPTIONS + "emulated", OptionTypes.BOOLEAN, Inheritance.REPLACED,
            "true: packages are configured in a boot of the emulated machine, even if this host can run RISC-V programs itself (false)");

    private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]*(:[a-z0-9-]+)?([=/][A-Za-z0-9.+:~-]+)?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]*");
    private static final Pattern ADDRESS = Pattern.compile("(https?|file|copy)://?[^\\s\"\\[\\]]+");

    static List<Option<?>> all() {
        return List.of(SUITE, MIRROR, COMPONENTS, PACKAGES, APT_OPTIONS, KEYRING, LOCK, EMULATED);
    }

    /** @throws ProblemException if a value is not what it should be: they become words that apt reads */
    static DebianOptions of(Chain options) {
        options.all(SUITE).forEach(suites -> suites.value().forEach(suite -> check(WORD, suite, "is no suite", suites.where().toString(), "Write a name such as trixie")));
        options.all(COMPONENTS).forEach(components -> components.value().forEach(component -> check(WORD, component, "is no component", components.where().toString(), "Write names such as main or contrib")));
        options.all(PACKAGES).forEach(packages -> packages.value().forEach(name -> check(PACKAGE, name, "is no package", packages.where().toString(), "Write a name such as openssh-server, or NAME=VERSION")));
        options.all(MIRROR).forEach(mirror -> check(ADDRESS, mirror.value(), "is no address of a mirror", mirror.where().toString(), "Write an address that begins with http:// or https://"));
        return new DebianOptions(options.value(SUITE).orElse(List.of("trixie", "testing")), options.value(MIRROR).map(mirror -> mirror.endsWith("/") ? mirror : mirror + "/"),
                options.value(COMPONENTS).orElse(List.of("main")), options.appended(PACKAGES), options.appended(APT_OPTIONS),
                options.get(KEYRING).map(keyring -> keyring.layer().resolve(keyring.value())), options.get(LOCK).map(lock -> lock.layer().resolve(lock.value())),
                options.value(EMULATED).orElse(false));
    }

    private static void check(Pattern pattern, String text, String complaint, String where, String remedy) {
        if (!pattern.matcher(text).matches()) {
            throw new ProblemException("'" + text + "' " + complaint, where, remedy);
        }
    }
}
