// SPDX-License-Identifier: Apache-2.0
// Two builds at once on one cache, one of which is ended at a random moment: the other is right, and so is the next one in the folder of the one that was ended,
// byte for byte as builds that nobody disturbed. -Dmarshal.it.kills=N: how often (6; with more, also while firmware and Linux are compiled); -Dmarshal.it.seed=N: the moments of an earlier run, as far as the host
// takes as long for everything.
import dev.marshal.it.BackgroundBuild
import dev.marshal.it.BackgroundBuild.End
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.LastGood
import dev.marshal.uptodate.WholeOutput
import java.nio.file.Files

int kills = Integer.getInteger('marshal.it.kills', 6)
long seed = Long.getLong('marshal.it.seed', System.nanoTime())
println "killed-builds: -Dmarshal.it.kills=${kills} -Dmarshal.it.seed=${seed}"
def random = new Random(seed)

// a cache of the test's own, with the sources that boards were built from, as links, and without their kernel trees
def cache = new File(basedir.canonicalFile, 'cache')
def sources = new File(System.getProperty('user.home'), '.cache/marshal/sources')
def link = ['sh', '-ec', '''
    mkdir -p "$1"
    for source in "$0"/[!.]*; do
        [ -d "$source/arch/riscv" ] || [ -d "$source/lib/sbi" ] || continue
        to=$1/${source##*/}
        mkdir -p "$to"
        find "$source" -mindepth 1 -maxdepth 1 ! -name '*marshal-build-*' -exec cp -al -t "$to" -- {} + || { rm -rf "$to"; continue; }
        touch -r "$source" "$to"
    done
''', sources.path, cache.path + '/sources'].execute()
def said = new StringBuilder()
link.waitForProcessOutput(said, said)
assert link.exitValue() == 0 : said

def copies = { String of ->
    ['one', 'two'].collect { name ->
        def from = new File(basedir, of).toPath()
        def to = new File(basedir.canonicalFile, of + '-' + name)
        Files.walk(from).filter { Files.isRegularFile(it) }.forEach { file ->
            def target = to.toPath().resolve(from.relativize(file))
            Files.createDirectories(target.parent)
            Files.copy(file, target)
        }
        new Build(to).edit('pom.xml', 'set by the test', projectVersion)
        return to
    }
}
def where = '-Dmarshal.cache=' + cache
int number = 0
def begin = { File folder -> BackgroundBuild.start(folder, 'build-' + ++number, 'package', where) }
def outputs = { File folder -> new File(folder, 'target').listFiles().findAll { it.isFile() && !it.name.startsWith('.') }.collectEntries { [it.name, LastGood.sha256(it.toPath())] } }
def delete = { File file -> WholeOutput.delete(file.toPath()) }

// what is made again in each round, so that there is something to cut off
def kernelTwins = copies('kernel')
def imageTwins = copies('image')
def kinds = [
    image: [folders: imageTwins, forget: { ['images', 'workloads'].each { delete(new File(cache, it)) }; imageTwins.each { delete(new File(it, 'target')) } }],
    firmware: [folders: kernelTwins, forget: { ['firmware', 'built'].each { delete(new File(cache, it)) }; kernelTwins.each { delete(new File(it, 'target/twin-bin.elf')) } }],
    kernel: [folders: kernelTwins, forget: {
        ['firmware', 'busybox', 'built'].each { delete(new File(cache, it)) }
        new File(cache, 'sources').listFiles().each { source -> source.listFiles().findAll { it.name.startsWith('marshal-build-') }.each { delete(it) } }
        kernelTwins.each { delete(new File(it, 'target')) }
    }],
]
def right = [:]
boolean all = kills > 6
(all ? ['image', 'kernel', 'firmware'] : ['image']).each { name ->
    def kind = kinds[name]
    if (number > 0) {
        kind.forget()
    }
    def both = kind.folders.collect(begin)
    both*.succeeds()
    kind.milliseconds = both*.elapsed()*.toMillis().max()
    println "undisturbed, ${name}: ${kind.milliseconds} ms"
    assert outputs(kind.folders[0]) == outputs(kind.folders[1])
    right.putIfAbsent(kind.folders, outputs(kind.folders[0]))
    assert outputs(kind.folders[0]) == right[kind.folders] : 'two builds that nobody disturbed differ'
}
if (all) {
    def kernel = new Build(kernelTwins[0])
    kernel.succeeds('verify', where)
    assert GuestConsole.of(kernel, 'twin').says('both are the same').ofScript().any { it.endsWith('-of-killed-builds') }
}

int cut = 0
kills.times { round ->
    def name = all ? ['image', 'image', 'image', 'firmware', 'firmware', 'kernel'][random.nextInt(6)] : 'image'
    def kind = kinds[name]
    kind.forget()
    int victim = random.nextInt(2)
    long delay = (random.nextDouble() * kind.milliseconds) as long
    def how = random.nextInt(3) == 0 ? End.TERMINATED : End.KILLED
    def both = kind.folders.collect(begin)
    sleep(delay)
    boolean whileItRan = both[victim].end(how)
    cut += whileItRan ? 1 : 0
    def place = both[victim].lastLine()
    println "${round + 1}: ${name}, ${how} after ${delay} ms: ${whileItRan ? place : 'it had ended'}"
    both[1 - victim].succeeds()
    assert outputs(kind.folders[1 - victim]) == right[kind.folders] : "the other one, round ${round + 1}"
    begin(kind.folders[victim]).succeeds()
    assert outputs(kind.folders[victim]) == right[kind.folders] : "the next one, round ${round + 1}"
}
println "killed-builds: ${cut} of ${kills} builds were cut off; all others were right"
assert kills == 0 || cut > 0
delete(cache)
return true
