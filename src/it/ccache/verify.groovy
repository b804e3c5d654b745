// SPDX-License-Identifier: Apache-2.0
// Compiled objects are kept by ccache: a kernel whose tree is gone is compiled from it, in another folder too; the same bytes come without it.
import dev.marshal.it.Build
import dev.marshal.it.LastGood
import dev.marshal.uptodate.WholeOutput
import java.nio.file.Files
import java.nio.file.Path

def mark = '-ccache-' + Long.toString(System.currentTimeMillis(), 36)
def cache = new File(basedir, 'objects').path
def sources = Path.of(System.getProperty('user.home'), '.cache/marshal/sources').toFile()
def forgetTrees = {
    sources.listFiles().each { source ->
        source.listFiles().findAll { it.name.startsWith('marshal-build-') && new File(it, '.config').exists() && new File(it, '.config').text.contains(mark) }.each { WholeOutput.delete(it.toPath()) }
    }
}
def stats = {
    def process = new ProcessBuilder('ccache', '--print-stats')
    process.environment().put('CCACHE_DIR', cache)
    process.start().text.readLines().collectEntries { def words = it.split('\t'); [words[0], words[1] as long] }
}
def hits = { it.direct_cache_hit + it.preprocessed_cache_hit }
def digest = { Build build -> LastGood.sha256(build.file('target/ccache-bin.elf')) }

try {
    def build = new Build(basedir).environment('CCACHE_DIR', cache)
    build.edit('src/main/workload/linux.config', 'set-by-the-test', mark)
    build.succeeds('package', '-o', '-Dmarshal.ccache')
    def first = stats()
    println 'first: ' + first
    assert first.cache_miss > 10
    def good = digest(build)

    // a copy of the project elsewhere
    def other = new Build(new File(basedir, 'elsewhere')).environment('CCACHE_DIR', cache)
    ['pom.xml', 'src/main/workload/workload.yaml', 'src/main/workload/linux.config'].each { other.write(it, Files.readString(build.file(it))) }
    forgetTrees()
    other.succeeds('package', '-o', '-Dmarshal.reuse=false')
    def second = stats()
    println 'again: ' + second
    assert hits(second) - hits(first) > 10
    // modules are named by their paths
    assert second.cache_miss - first.cache_miss < first.cache_miss / 2
    assert digest(other) == good

    // without: the same bytes, and nothing built again for it
    other.succeeds('package', '-o', '-Dmarshal.ccache=false').ranNothing()
    forgetTrees()
    assert other.file('target').toFile().deleteDir()
    other.succeeds('package', '-o', '-Dmarshal.ccache=false', '-Dmarshal.reuse=false')
    assert stats() == second
    assert digest(other) == good
} finally {
    forgetTrees()
}
return true
