// SPDX-License-Identifier: Apache-2.0
// Edits at random to a chain of three: what is built then is what a build from nothing gives, byte for byte; every step that is done has a reason, and no other is done.
// -Dmarshal.it.seed=N: other edits; -Dmarshal.it.edits=N: so many; -Dmarshal.it.compare=N: compared after every so many. -Dmarshal.it.small=true: the chain has a
// small kernel, which another compiler compiles too; after every edit each kernel is compared with what plain make compiles of its inputs in an empty folder: four minutes
// of one core for each that is new, some in ten edits.
import dev.marshal.it.Build
import dev.marshal.it.Explanation
import dev.marshal.it.FirstDifference
import dev.marshal.it.KernelsFromNothing
import dev.marshal.it.RandomEdits
import dev.marshal.it.ReactorLog
import dev.marshal.uptodate.WholeOutput
import java.nio.file.Path

def seed = Long.getLong('marshal.it.seed', 3L)
def edits = Integer.getInteger('marshal.it.edits', 7)
def every = Integer.getInteger('marshal.it.compare', 7)
def small = Boolean.getBoolean('marshal.it.small')
println 'seed ' + seed + ', ' + edits + ' edits'

def mark = '-random'
def workloads = ['one', 'two', 'three']
workloads.each { new Build(new File(basedir, it)).edit('src/main/workload/own.config', 'set-by-the-test', mark + '-of-' + it) }
new Build(new File(basedir, 'three')).edit('src/main/workload/job.config', 'set-by-the-test', mark + '-of-job')
if (small) {
    new Build(new File(basedir, 'one')).edit('config: own.config, modules: {', 'config: [small.config, own.config], modules: {icenet: null, ')
}
def path = new File(basedir, 'tools').path + File.pathSeparator + System.getenv('PATH')
def build = new Build(basedir).environment('PATH', path)
def random = new RandomEdits(basedir, seed, mark, small)
def plain = small ? new KernelsFromNothing(basedir, mark) : null
def found = []
try {
    build.succeeds('package', '-o')
    def tell = { String wrong -> println wrong; found << wrong }
    (1..edits).each { number ->
        def edit = 'seed ' + seed + ', edit ' + number + ', ' + random.next()
        // as a whole before anything is built, where nobody knows what the base will be; and each workload right before it is built
        def before = number % every == 0 ? build.succeeds('marshal:explain', '-pl', workloads.join(','), '-o') : null
        def log = build.succeeds('marshal:explain', 'package', '-pl', workloads.join(','), '-o')
        println edit + ': ' + log.elapsed().toMillis() + ' ms'
        def wrong = random.wrongIn(log) + Explanation.wrongIn(log, log) + (before ? Explanation.wrongIn(before, log) : '')
        if (wrong) {
            tell(edit + ': ' + wrong + 'log: ' + log.file())
        }
        if (plain) {
            plain.differences().each { text -> tell(edit + ': ' + text) }
        }
        if (number % every == 0 || number == edits) {
            def again = ReactorLog.done(build.succeeds('package', '-o')).findAll { it.value }
            if (again) {
                tell(edit + ': built again without an edit: ' + again)
            }
            def clean = new File(basedir, 'clean')
            WholeOutput.delete(clean.toPath())
            random.copyTo(clean.toPath())
            new Build(clean).environment('PATH', path).succeeds('package', '-o', '-Dmarshal.reuse=false')
            workloads.each {
                def here = new File(basedir, it + '/target').toPath()
                def there = new File(clean, it + '/target').toPath()
                def difference = random.boots(it) ? FirstDifference.ofOutputsAfterBoot(here, there) : FirstDifference.ofOutputs(here, there)
                difference.ifPresent { text -> tell(edit + ': ' + it + ': ' + text) }
            }
        }
    }
    if (plain) {
        println plain.count() + ' kernels compiled from nothing'
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
