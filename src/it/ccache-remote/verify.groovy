// SPDX-License-Identifier: Apache-2.0
// A team shares compiled objects: what one compiles goes to a raw repository of a Nexus, and another, whose home and caches are empty, takes it from there.
import dev.marshal.it.Build
import dev.marshal.it.LastGood
import dev.marshal.it.Nexus
import dev.marshal.uptodate.WholeOutput
import java.nio.file.Files
import java.nio.file.Path

def repository = Path.of(System.getProperty('maven.repo.local', System.getProperty('user.home') + '/.m2/repository')).toRealPath()
def sources = Path.of(System.getProperty('user.home'), '.cache/marshal/sources')
def user = { String name ->
    def home = new File(basedir.canonicalFile, 'home-of-' + name).toPath()
    Files.createDirectories(home.resolve('.m2'))
    Files.createSymbolicLink(home.resolve('.m2/repository'), repository)
    // the sources that all have, as links, and none of their kernel trees: only compiled objects are to be shared
    def link = ['sh', '-ec', '''
        mkdir -p "$1"
        for source in "$0"/[!.]*; do
            [ -d "$source/arch/riscv" ] || [ -d "$source/lib/sbi" ] || continue
            to=$1/${source##*/}
            mkdir -p "$to"
            find "$source" -mindepth 1 -maxdepth 1 ! -name 'marshal-*' -exec cp -al -t "$to" -- {} +
            touch -r "$source" "$to"
        done
    ''', sources.toString(), home.resolve('.cache/marshal/sources').toString()].execute()
    def said = new StringBuilder()
    link.waitForProcessOutput(said, said)
    assert link.exitValue() == 0 : said
    def folder = new File(basedir, name)
    def copy = ['cp', '-a', new File(basedir, 'workload').path, folder.path].execute()
    assert copy.waitFor() == 0
    def build = new Build(folder).home(home)
    build.edit('pom.xml', 'set by the test', projectVersion)
    build.edit('src/main/workload/linux.config', 'set-by-the-test', '-ccache-remote')
    return [build: build, home: home]
}
def stats = { Path home ->
    def process = new ProcessBuilder('ccache', '--print-stats')
    process.environment().put('CCACHE_DIR', home.resolve('.cache/marshal/ccache').toString())
    return process.start().text.readLines().collectEntries { def words = it.split('\t'); [words[0], words[1] as long] }
}
def tell = { String who, Map found -> println who + ': ' + found.findAll { it.value > 0 && (it.key.contains('storage') || it.key.contains('cache_')) } }

try (Nexus nexus = Nexus.start(basedir)) {
    nexus.addRawRepository('objects')
    def storage = '-Dmarshal.ccache.remoteStorage=' + nexus.repository('objects').replace('://', '://' + Nexus.DEPLOYER + ':' + Nexus.DEPLOYER + '@')

    def first = user('first')
    def firstLog = first.build.succeeds('compile', '-o', storage)
    def written = stats(first.home)
    tell('first, ' + firstLog.elapsed().toSeconds() + ' s', written)
    assert written.cache_miss > 10 && written.remote_storage_write >= written.cache_miss
    assert written.remote_storage_error == 0

    def second = user('second')
    def secondLog = second.build.succeeds('compile', '-o', storage)
    def read = stats(second.home)
    tell('second, ' + secondLog.elapsed().toSeconds() + ' s', read)
    assert read.remote_storage_hit > 10
    assert read.remote_storage_error == 0
    // modules are named by their paths
    assert read.cache_miss < written.cache_miss / 2
    assert LastGood.sha256(second.build.file('target/marshal/Image')) == LastGood.sha256(first.build.file('target/marshal/Image'))

    // nobody but those who may; whoever may not compiles
    new File(second.home.toFile(), '.cache/marshal/sources').listFiles().each { source -> source.listFiles().findAll { it.name.startsWith('marshal-build-') }.each { WholeOutput.delete(it.toPath()) } }
    WholeOutput.delete(second.home.resolve('.cache/marshal/ccache'))
    assert second.build.file('target').toFile().deleteDir()
    second.build.succeeds('compile', '-o', '-Dmarshal.reuse=false', storage.replace(Nexus.DEPLOYER + ':' + Nexus.DEPLOYER, 'somebody:else'))
    def refused = stats(second.home)
    tell('second, without a password', refused)
    // modules that are compiled at once have the same questions to the compiler: whether one finds the answer that another got is chance
    def asked = { it.cache_miss + it.direct_cache_hit + it.preprocessed_cache_hit }
    assert refused.remote_storage_hit == 0 && refused.remote_storage_error > 0
    assert asked(refused) == asked(written) && refused.cache_miss > 10
    assert LastGood.sha256(second.build.file('target/marshal/Image')) == LastGood.sha256(first.build.file('target/marshal/Image'))
} finally {
    basedir.listFiles().findAll { it.name.startsWith('home-of-') }.each { WholeOutput.delete(it.toPath()) }
}
return true
