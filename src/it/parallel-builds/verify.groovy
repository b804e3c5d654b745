// SPDX-License-Identifier: Apache-2.0
// A base and ten children, some with jobs, in one reactor, side by side: a kernel that three need is compiled once. Two Mavens at once on one
// cache are both right, also where one of them is killed while it makes the kernel or the image.
import dev.marshal.it.BackgroundBuild
import dev.marshal.it.BackgroundBuild.End
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.LastGood
import dev.marshal.uptodate.WholeOutput
import java.nio.file.Files
import java.nio.file.Path

// kernels that no build before this one has made
def mark = '-parallel-' + Long.toString(System.currentTimeMillis(), 36)
def config = { Build build, String name -> build.write('src/main/workload/own.config', 'CONFIG_LOCALVERSION="' + mark + name + '"\n') }
def reactor = new Build(basedir)
def bytes = { Build build, String name -> LastGood.sha256(build.file('target/' + name + '-bin.elf')) }
def count = { log, text -> log.lines().count { it.contains(text) } as int }
def copy = { String from, String to ->
    def build = new Build(new File(basedir, to))
    ['pom.xml', 'src/main/workload/workload.yaml'].each { build.write(it, Files.readString(new File(basedir, from).toPath().resolve(it))) }
    return build
}

try {
    // one reactor: seven children take the base's kernel, three share another one
    def base = new Build(new File(basedir, 'base'))
    base.edit('pom.xml', 'set by the test', projectVersion)
    config(base, '-a')
    new Build(new File(basedir, 'child')).edit('pom.xml', 'set by the test', projectVersion)
    def children = (1..10).collect { number ->
        def child = copy('child', 'child-' + number)
        child.edit('pom.xml', '<artifactId>child<', '<artifactId>child-' + number + '<')
        child.write('src/main/workload/overlay/etc/child', 'this is ' + number + '\n')
        def own = number > 7 ? 'linux:\n  config: own.config\n' : ''
        // three have two jobs each, of which three boot
        def jobs = number in [1, 3, 8] ? 'jobs:\n  - {name: left, command: cat /etc/child && uname -r, launch: ' + (number != 3) + '}\n  - {name: right, command: echo right && cat /etc/child, launch: ' + (number == 1) + '}\n' : ''
        child.specification('overlay: overlay\ncpus: 1\nmem: 512MiB\n' + jobs + own)
        config(child, '-b')
        return child
    }
    reactor.edit('pom.xml', '<!-- children -->', (1..10).collect { '<module>child-' + it + '</module>' }.join('\n    '))
    def first = reactor.succeeds('verify', '-T', '2', '-o')
    println 'a base and ten children, three with jobs: ' + first.elapsed().toSeconds() + ' s'
    assert count(first, 'starting from the kernel tree of the nearest configuration') == 2
    // and the six jobs of three children take their workload's
    assert count(first, 'nothing is compiled, its boot binary is used') == 7 + 6
    (0..6).each { assert bytes(children[it], 'child-' + (it + 1)) == bytes(base, 'base') }
    assert (7..9).collect { bytes(children[it], 'child-' + (it + 1)) }.toSet().size() == 1
    [[1, '-a'], [8, '-b']].each { number, kernel ->
        def guest = GuestConsole.of(children[number - 1], 'child-' + number + '-left').says('this is ' + number)
        assert guest.ofScript().any { it.endsWith(mark + kernel) }
    }
    GuestConsole.of(children[0], 'child-1-right').says('right', 'this is 1')
    [1, 3, 8].each { number ->
        ['left', 'right'].each { assert children[number - 1].file('target/child-' + number + '-' + it + '-rootfs.img').toFile().exists() }
        // a job has the kernel of its workload
        assert !children[number - 1].file('target/child-' + number + '-left-bin.elf').toFile().exists()
    }
    def again = reactor.succeeds('verify', '-T', '2', '-o')
    println 'nothing changed: ' + again.elapsed().toMillis() + ' ms'
    def steps = again.lines().findAll { it =~ /INFO] (child-\d+-\w+: )?(kernel-config|drivers|kernel|boot-binary|image|compressed-image|image-inputs|sbom|archive): / }
    assert steps.count { it.contains('-left: image: ') } == 3
    assert steps.findAll { !it.endsWith(': up to date') } == []

    // two Mavens on one cache
    new Build(new File(basedir, 'twin')).edit('pom.xml', 'set by the test', projectVersion)
    def one = copy('twin', 'one')
    def two = copy('twin', 'two')
    def both = { String name, Closure<Void> between ->
        [one, two].each { config(it, name) }
        def started = [one, two].collect { BackgroundBuild.start(it.file('.').toFile().canonicalFile, 'build' + name, 'package', '-o') }
        between(*started)
        assert bytes(one, 'twin') == bytes(two, 'twin')
        println name + ': both are right'
    }
    both('-c') { left, right ->
        def logs = [left.succeeds(), right.succeeds()]
        assert logs.sum { count(it, 'starting from the kernel tree of the nearest configuration') } == 1
    }
    ['kernel: ', 'image: '].eachWithIndex { moment, number ->
        both('-k' + number) { left, right ->
            left.await(moment)
            left.end(End.KILLED)
            right.succeeds()
            one.succeeds('package', '-o')
        }
    }
} finally {
    // kernel trees that nobody will need again
    def sources = Path.of(System.getProperty('user.home'), '.cache/marshal/sources').toFile()
    sources.listFiles().each { source ->
        source.listFiles().findAll { it.name.startsWith('marshal-build-') && new File(it, '.config').exists() && new File(it, '.config').text.contains(mark) }.each { WholeOutput.delete(it.toPath()) }
    }
}
return true
