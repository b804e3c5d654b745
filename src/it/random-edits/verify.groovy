// SPDX-License-Identifier: Apache-2.0
// Edits at random to a chain of three: what is built then is what a build from nothing gives, byte for byte; every step that is done has a reason, and no other is done.
// -Dmarshal.it.seed=N: other edits; -Dmarshal.it.edits=N: so many; -Dmarshal.it.compare=N: compared after every so many.
import dev.marshal.it.Build
import dev.marshal.it.FirstDifference
import dev.marshal.it.RandomEdits
import dev.marshal.it.ReactorLog
import dev.marshal.uptodate.WholeOutput
import java.nio.file.Path

def seed = Long.getLong('marshal.it.seed', 2L)
def edits = Integer.getInteger('marshal.it.edits', 10)
def every = Integer.getInteger('marshal.it.compare', 5)
println 'seed ' + seed + ', ' + edits + ' edits'

def mark = '-random'
['one', 'two', 'three'].each { new Build(new File(basedir, it)).edit('src/main/workload/own.config', 'set-by-the-test', mark + '-of-' + it) }
def build = new Build(basedir)
def random = new RandomEdits(basedir, seed, mark)
def found = []
try {
    build.succeeds('package', '-o')
    def tell = { String wrong -> println wrong; found << wrong }
    (1..edits).each { number ->
        def edit = 'seed ' + seed + ', edit ' + number + ', ' + random.next()
        def log = build.succeeds('package', '-o')
        println edit + ': ' + log.elapsed().toMillis() + ' ms'
        def wrong = random.wrongIn(log)
        if (wrong) {
            tell(edit + ': ' + wrong + 'log: ' + log.file())
        }
        if (number % every == 0 || number == edits) {
            def again = ReactorLog.done(build.succeeds('package', '-o')).findAll { it.value }
            if (again) {
                tell(edit + ': built again without an edit: ' + again)
            }
            def clean = new File(basedir, 'clean')
            WholeOutput.delete(clean.toPath())
            random.copyTo(clean.toPath())
            new Build(clean).succeeds('package', '-o')
            ['one', 'two', 'three'].each {
                def difference = FirstDifference.ofOutputs(new File(basedir, it + '/target').toPath(), new File(clean, it + '/target').toPath())
                difference.ifPresent { tell(edit + ': ' + it + ': ' + difference.get()) }
            }
        }
    }
} finally {
    // kernel trees that nobody will need again
    def sources = Path.of(System.getProperty('user.home'), '.cache/marshal/sources').toFile()
    sources.listFiles().each { source ->
        source.listFiles().findAll { it.name.startsWith('marshal-build-') && new File(it, '.config').exists() && new File(it, '.config').text.contains('"' + mark + '-') }.each { WholeOutput.delete(it.toPath()) }
    }
}
assert found == [] : found.join('\n')
return true
