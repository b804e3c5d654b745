// SPDX-License-Identifier: Apache-2.0
// A team deploys bases and sources to a Nexus; somebody with an empty home builds on them: nothing is compiled where the kernel's inputs are the same, and
// only what was changed where they are not. Snapshots are noticed, releases stay, and what was tampered with stops the build.
import dev.marshal.it.Archetype
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.Nexus
import dev.marshal.it.TeamHome
import java.nio.file.Files
import java.util.regex.Pattern

def boards = basedir.toPath()
while (!Files.exists(boards.resolve('boards/pom.xml'))) {
    boards = boards.parent
}
def here = new Build(basedir)
def team = new Build(new File(basedir, 'team'))
def child = new Build(new File(basedir, 'child'))
def opensbi = new Build(new File(basedir, 'opensbi'))
[team, child, opensbi].each { it.edit('pom.xml', 'set by the test', projectVersion) }

try (Nexus nexus = Nexus.start(basedir)) {
    def begun = System.nanoTime()
    def seconds = { (System.nanoTime() - begun) / 1_000_000_000L as long }
    assert nexus.anonymousStatus('maven-public') == 401

    // the team: plugin, bases and a source, from the home of whoever runs the tests
    def settings = TeamHome.deployerSettings(basedir.toPath().resolve('deployer-settings.xml'))
    def target = ['-s', settings.toString(), '-DaltReleaseDeploymentRepository=nexus::' + nexus.repository('maven-releases'),
                  '-DaltSnapshotDeploymentRepository=nexus::' + nexus.repository('maven-snapshots')] as String[]
    TeamHome.deployInstalled(here, settings, nexus.repository('maven-snapshots'), projectVersion)
    def deployed = here.succeeds(*(['-f', boards.resolve('boards/pom.xml').toString(), 'deploy'] + target.toList()))
    deployed.says('busybox-base-' + projectVersion.replace('-SNAPSHOT', ''), '-linux-build.tar.zst', '-rootfs.img.zst')
    opensbi.succeeds(*(['deploy'] + target.toList()))
    assert nexus.get('maven-releases', 'dev/marshal/it/deployed/opensbi/1.6/opensbi-1.6.tar.zst').length > 100_000
    println 'deployed plugin, bases and a source after ' + seconds() + ' s'

    // somebody else: an empty home, the Nexus by a mirror that wants a password, Maven's own plugins by another mirror
    def home = TeamHome.create(basedir.toPath().resolve('home'), nexus)
    def cache = home.resolve('.cache/marshal')
    def hello = Archetype.generate(home, basedir, projectVersion, 'hello')
    assert !Files.exists(cache)

    // the same kernel inputs: nothing is compiled, no source is fetched, and no network is needed after
    def specification = Files.readString(hello.file('src/main/workload/workload.yaml'))
    hello.specification('overlay: overlay\ncommand: cat /etc/hello.txt\ncpus: 1\nmem: 512MiB\n')
    def same = hello.succeeds('package').says('nothing is compiled, its boot binary is used').saysNot('compiling', 'compiled in', 'unpacking linux')
    assert !Files.exists(cache.resolve('sources')) && !Files.exists(cache.resolve('downloads'))
    assert !home.resolve('.m2/repository/dev/marshal/firechip/busybox-base').toFile().list().any { it.contains('linux-build') }
    def fetchedByChild = home.resolve('.m2/repository/dev/marshal/firechip/busybox-base/' + projectVersion).toFile().list()
    assert fetchedByChild.any { it.endsWith('-bin.elf') } && !fetchedByChild.any { it.contains('linux-build') }
    println 'a child with the same kernel inputs, from nothing: ' + same.elapsed().toSeconds() + ' s'
    hello.succeeds('package', '-o').ranNothing()

    // a fragment and a module of its own, and a source from the Nexus: the kernel tree travels
    hello.write('src/main/workload/greet/greet.c', '#include <linux/module.h>\nstatic int __init greet(void) { pr_info("greet: hello\\n"); return 0; }\nmodule_init(greet);\nMODULE_LICENSE("GPL");\n')
    hello.write('src/main/workload/greet/Kbuild', 'obj-m := greet.o\n')
    hello.write('src/main/workload/greet/Makefile', 'greet.ko:\n\t$(MAKE) -C $(LINUXSRC) M=$(CURDIR) modules\n')
    hello.specification(specification.replace('  config: linux.config', '  config: linux.config\n  modules:\n    greet: greet') + 'firmware:\n  opensbi-src: artifact:dev.marshal.it.deployed:opensbi:1.6\ncpus: 1\nmem: 512MiB\n')
    def own = hello.succeeds('package')
    own.says('unpacking the kernel tree of dev.marshal.firechip:busybox-base:' + projectVersion, 'unpacking the BusyBox of dev.marshal.firechip:busybox-base:' + projectVersion, 'starting from the kernel tree of the nearest configuration', 'module greet: compiled',
            'unpacking opensbi-1.6.tar.zst').saysNot('compiling BusyBox', 'unpacking busybox')
    def compiled = own.lines().collect { Pattern.compile(/compiling Linux: done, (\d+) files/).matcher(it) }.find { it.find() }.group(1) as int
    println 'a child with a fragment and a module, from nothing: ' + own.elapsed().toSeconds() + ' s, ' + compiled + ' files of the kernel made'
    assert compiled < 200
    assert !cache.resolve('downloads').toFile().listFiles().any { it.list().any { name -> name.contains('opensbi') } }
    def verified = hello.succeeds('verify', '-o').says('the output matches the references: hello/machine, hello/uartlog')
    verified.ranNothing()
    assert Files.readString(hello.file('target/marshal/run/hello/uartlog')).contains('greet: hello')

    hello.succeeds('org.apache.maven.plugins:maven-dependency-plugin:3.8.1:tree').says('dev.marshal.firechip:busybox-base:workload:' + projectVersion + ':compile')

    // two releases and a snapshot, side by side
    def deploy = { String version, String word ->
        team.edit('pom.xml', Pattern.compile('<version>(own-)?[^<]*</version>\n  <packaging>').matcher(Files.readString(team.file('pom.xml'))).with { it.find(); it.group() },
                '<version>' + version + '</version>\n  <packaging>')
        team.write('src/main/workload/overlay/etc/team', word + '\n')
        team.succeeds(*(['deploy'] + target.toList()))
    }
    deploy('1.0', 'one')
    deploy('1.1', 'two')
    deploy('2.0-SNAPSHOT', 'three')
    def version = '1.0'
    def choose = { String other ->
        child.edit('pom.xml', '<version>' + version + '</version>\n      <type>', '<version>' + other + '</version>\n      <type>')
        version = other
    }
    child.home(home)
    child.succeeds('verify')
    GuestConsole.of(child, 'child').says('one')
    choose('[1.0,2.0-alpha)')
    child.succeeds('package').says('deployed:team:1.1').ranBecause('image', 'root filesystem of dev.marshal.it.deployed:team:')
    choose('1.0')
    child.succeeds('package', '-o').says('deployed:team:1.0').ranBecause('image', 'root filesystem of dev.marshal.it.deployed:team:')
    choose('2.0-SNAPSHOT')
    child.succeeds('package').says('deployed:team:2.0-SNAPSHOT')
    child.succeeds('package', '-U').ranNothing()
    deploy('2.0-SNAPSHOT', 'four')
    child.succeeds('package').ranNothing()
    child.succeeds('package', '-U').ranBecause('image', 'root filesystem of dev.marshal.it.deployed:team:2.0-SNAPSHOT changed')
    child.succeeds('verify', '-o')
    GuestConsole.of(child, 'child').says('four')

    // a release that somebody changed in the repository
    def image = 'dev/marshal/it/deployed/team/1.1/team-1.1-rootfs.img.zst'
    byte[] whole = nexus.get('maven-releases', image)
    nexus.put('maven-releases', image, Arrays.copyOf(whole, whole.length.intdiv(2)))
    TeamHome.forget(home, 'dev/marshal/it/deployed/team')
    TeamHome.forget(home, '../../.cache/marshal/images')
    choose('1.1')
    child.fails('package').says("'rootfs.img.zst' of dev.marshal.it.deployed:team:1.1 is not what was published", 'team-1.1-rootfs.img.zst', 'Delete the file so that it is fetched again')
    nexus.put('maven-releases', image, whole)
    TeamHome.forget(home, 'dev/marshal/it/deployed/team')
    child.succeeds('package')

    // another empty home, which the network is taken from before the first build
    def traveller = TeamHome.create(basedir.toPath().resolve('traveller'), nexus)
    child.home(traveller)
    assert child.file('target').toFile().deleteDir()
    child.succeeds('dev.marshal:marshal-maven-plugin:' + projectVersion + ':go-offline')
    child.succeeds('package', '-o').says('deployed:team:1.1')
    child.home(home)

    // who may only read cannot deploy
    child.fails('deploy', '-DskipTests', '-DaltReleaseDeploymentRepository=team-mirror::' + nexus.repository('maven-releases')).says('403')
    println 'all on Nexus: ' + seconds() + ' s'
}
return true
