// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Homes of people who use a team's {@link Nexus}. */
public final class TeamHome {

    private static final String DEPLOY_FILE = "org.apache.maven.plugins:maven-deploy-plugin:3.1.4:deploy-file";
    /** What an empty home must get from the Nexus, and from nowhere else; below the local repository of the tests. */
    private static final List<String> OURS = List.of("dev/marshal", "org/example", "org/sonatype/nexus");

    private TeamHome() {}

    /** Settings of somebody who may deploy to the server {@code nexus}. @param file to write */
    public static Path deployerSettings(Path file) throws IOException {
        return Files.writeString(file, "<settings>\n  <servers>\n" + server("nexus", Nexus.DEPLOYER) + "  </servers>\n</settings>\n");
    }

    /**
     * An empty home: its settings name a repository {@code team} that does not exist, and a mirror of it, the Nexus; Maven's own plugins come from a
     * mirror of Central, the files of the tests' local repository.
     *
     * @param home  folder to make
     * @param nexus where all of ours comes from
     */
    public static Path create(Path home, Nexus nexus) throws IOException {
        Path plugins = home.resolveSibling(home.getFileName() + "-plugins");
        copyPlugins(localRepository(), plugins);
        Files.createDirectories(home.resolve(".m2/repository"));
        String team = "<id>team</id><url>https://repository.invalid/</url>";
        Files.writeString(home.resolve(".m2/settings.xml"), "<settings>\n"
                + "  <servers>\n" + server("team-mirror", Nexus.READER) + "  </servers>\n"
                + "  <mirrors>\n"
                + "    <mirror><id>team-mirror</id><mirrorOf>team</mirrorOf><url>" + nexus.repository("maven-public") + "</url></mirror>\n"
                + "    <mirror><id>plugins</id><mirrorOf>central</mirrorOf><url>" + plugins.toUri() + "</url></mirror>\n"
                + "  </mirrors>\n"
                + "  <profiles><profile><id>team</id>\n"
                + "    <repositories><repository>" + team + "</repository>" + central("repository") + "</repositories>\n"
                + "    <pluginRepositories><pluginRepository>" + team + "</pluginRepository>" + central("pluginRepository") + "</pluginRepositories>\n"
                + "  </profile></profiles>\n"
                + "  <activeProfiles><activeProfile>team</activeProfile></activeProfiles>\n"
                + "</settings>\n");
        return home;
    }

    /** Deploys plugin and archetype as they are installed. @param url of the repository */
    public static void deployInstalled(Build build, Path settings, String url, String version) throws IOException {
        deploy(build, settings, url, version, "marshal-parent", "pom");
        deploy(build, settings, url, version, "marshal-maven-plugin", "jar");
        deploy(build, settings, url, version, "marshal-archetype", "jar");
    }

    /** Deletes a folder. @param path relative to the home's local repository */
    public static void forget(Path home, String path) throws IOException {
        WholeOutput.delete(home.resolve(".m2/repository").resolve(path).normalize());
    }

    private static void deploy(Build build, Path settings, String url, String version, String artifact, String type) throws IOException {
        Path file = localRepository().resolve("dev/marshal").resolve(artifact).resolve(version).resolve(artifact + "-" + version + ".");
        // the plugin refuses files of the local repository itself
        Path copy = build.file(artifact + "." + type);
        Path pom = build.file(artifact + "-pom.xml");
        Files.copy(Path.of(file + type), copy);
        Files.copy(Path.of(file + "pom"), pom);
        build.succeeds(DEPLOY_FILE, "-s", settings.toString(), "-Durl=" + url, "-DrepositoryId=nexus", "-Dfile=" + copy, "-DpomFile=" + pom, "-Dpackaging=" + type);
    }

    private static Path localRepository() {
        return Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
    }

    /** Some files of a local repository have no checksums beside them. */
    private static String central(String element) {
        return "<" + element + "><id>central</id><url>https://repository.invalid/</url><releases><checksumPolicy>ignore</checksumPolicy></releases></" + element + ">";
    }

    private static String server(String id, String user) {
        return "    <server><id>" + id + "</id><username>" + user + "</username><password>" + user + "</password></server>\n";
    }

    private static void copyPlugins(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (OURS.contains(from.relativize(folder).toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path link = to.resolve(from.relativize(file));
                try {
                    Files.createLink(link, file);
                } catch (IOException | UnsupportedOperationException e) {
                    Files.copy(file, link);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
