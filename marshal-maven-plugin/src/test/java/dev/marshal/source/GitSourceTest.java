// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.tool.Command;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.FileDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceTest {

    @TempDir
    Path folder;

    private final RecordedLog log = new RecordedLog();
    private Path repository;
    private String first;
    private String second;

    @BeforeEach
    void make() throws IOException {
        repository = Files.createDirectories(folder.resolve("upstream"));
        git("init", "--quiet");
        first = commit("one");
        second = commit("two");
    }

    private String git(String... words) throws IOException {
        return new Command("run git", "git").args("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false").args((Object[]) words).in(repository).output().strip();
    }

    private String commit(String content) throws IOException {
        Files.writeString(repository.resolve("file"), content);
        git("add", "file");
        git("commit", "--quiet", "-m", content);
        return git("rev-parse", "HEAD");
    }

    private Sources sources(boolean offline) {
        return new Sources(folder.resolve("cache"), Workloads.tools(), coordinates -> {
            throw new AssertionError(coordinates);
        }, new FileDigests(folder.resolve("digests")), offline, log);
    }

    private SourceTree provide(String url, String commit) throws IOException {
        return sources(false).provide(new SourceSpec.Git(url, commit), folder);
    }

    @Test
    void aCommitIsCheckedOutWithoutItsRepository() throws IOException {
        SourceTree old = provide("file://" + repository, first);
        assertThat(old.folder().resolve("file")).hasContent("one");
        assertThat(old.folder().resolve(".git")).doesNotExist();
        assertThat(old.identity()).isEqualTo("git:" + first);
        assertThat(provide(repository.toString(), second).folder().resolve("file")).hasContent("two");
        assertThat(log.infos()).startsWith("fetching " + first + " of file://" + repository);
    }

    @Test
    void aCommitIsFetchedOnce() throws IOException {
        SourceTree tree = provide("file://" + repository, first);
        repository.toFile().renameTo(folder.resolve("gone").toFile());
        assertThat(sources(true).provide(new SourceSpec.Git("file://" + repository, first), folder)).isEqualTo(tree);
    }

    @Test
    void aCommitThatIsNotThere() {
        String none = "0123456789".repeat(4);
        Problem problem = Problems.of(() -> provide("file://" + repository, none));
        assertThat(problem.what()).startsWith("could not fetch git+file://" + repository + "#" + none + ":").contains("could not run git", none);
        assertThat(problem.remedy()).isEqualTo("Check the address, the commit and the network; or name another source, such as an archive or a folder");
        assertThat(folder.resolve("cache/sources")).isEmptyDirectory();
    }

    @Test
    void aRepositoryThatIsNotThere() {
        assertThat(Problems.of(() -> provide("file://" + folder.resolve("none"), first)).what()).startsWith("could not fetch git+file://" + folder.resolve("none"));
    }

    @Test
    void offlineSaysSo() {
        SourceSpec.Git source = new SourceSpec.Git("https://127.0.0.1:1/x.git", first);
        assertThat(Problems.of(() -> sources(true).provide(source, folder)))
                .isEqualTo(new Problem("the source " + source + " is not in the cache, and Maven is offline", null, "Run once without '-o', or name a source that is on this machine"));
    }

    @Test
    void anAddressIsNeverAnOption() {
        Path mark = folder.resolve("executed");
        Problem problem = Problems.of(() -> provide("--upload-pack=touch " + mark + ";", first));
        assertThat(problem.what()).startsWith("could not fetch git+--upload-pack");
        assertThat(mark).doesNotExist();
    }

    @Test
    void theUsersRepositoryIsLeftAlone() throws IOException {
        Path own = Files.createDirectories(folder.resolve("cache"));
        new Command("make a repository", "git").args("init", "--quiet").in(own).check();
        provide("file://" + repository, first);
        assertThat(new Command("list refs", "git").args("for-each-ref").in(own).output()).isEmpty();
    }

    @Test
    void aMissingGitNamesItsPackage() {
        Sources sources = new Sources(folder.resolve("cache"), new Toolbox(folder.toString(), (program, ask) -> ask.get()), coordinates -> folder, new FileDigests(folder.resolve("digests")), false, log);
        Problem problem = Problems.of(() -> sources.provide(new SourceSpec.Git("file://" + repository, first), folder));
        assertThat(problem.what()).isEqualTo("'git' was not found on the PATH; it is needed to fetch sources from git");
        assertThat(List.of(problem.remedy().split("'"))).contains("apt-get install git");
    }
}
