// SPDX-License-Identifier: Apache-2.0
// Maven 3.9 and 4, each on JDK 17 or newer and on JDK 25, build the same bytes and boot them; what they deploy is built on by the user's own Maven.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.HostPrograms
import dev.marshal.it.LastGood
import dev.marshal.it.NotRun

def folder = new File(basedir, 'workload')
new Build(folder).edit('pom.xml', 'set by the test', projectVersion)
new Build(folder).succeeds('package')
def good = LastGood.of(new Build(folder))

def same = { Build build, String title ->
    assert new File(folder, 'target').deleteDir()
    def log = build.succeeds('verify', '--show-version').says('BUILD SUCCESS')
    println title + ': ' + log.elapsed().toSeconds() + ' s, ' + log.lines().find { it.contains('Java version') }
    GuestConsole.of(build, 'workload').says('the same everywhere')
    good.isStillThere()
    build.succeeds('package').ranNothing()
    return log
}

def mavens = ['3.9.16', '4.0.0-rc-4'].collectEntries { version ->
    def home = new File(basedir, 'target/apache-maven-' + version)
    new File(home, 'bin/mvn').setExecutable(true)
    [version, home.toPath()]
}
mavens.each { version, home -> same(new Build(folder).maven(home), 'Maven ' + version).says('Apache Maven ' + version) }

// what they deploy is the same, and the user's own Maven builds on it
def consumer = new Build(new File(basedir, 'consumer'))
consumer.edit('pom.xml', 'set by the test', projectVersion)
mavens.each { version, home ->
    def repository = new File(basedir.canonicalFile, 'deployed-by-' + version).toURI()
    def local = new File(System.getProperty('maven.repo.local') ?: System.getProperty('user.home') + '/.m2/repository', 'dev/marshal/it/workload')
    new Build(folder).maven(home).succeeds('deploy', '-DskipTests', '-DaltDeploymentRepository=team::' + repository)
    local.deleteDir()
    new File(basedir, 'consumer/target').deleteDir()
    consumer.succeeds('package', '-Dteam.repository=' + repository).says('dev.marshal.it:workload:1.0 → dev.marshal.it:consumer:1.0', 'the same kernel inputs as dev.marshal.it:workload:1.0')
    assert LastGood.sha256(new File(local, '1.0/workload-1.0.workload').toPath()) == good.digest('workload.workload')
    assert LastGood.sha256(consumer.file('target/consumer-bin.elf')) == good.digest('workload-bin.elf')
    local.deleteDir()
}

def jdk = HostPrograms.jdk(25)
if (jdk.present) {
    mavens.each { version, home -> same(new Build(folder).maven(home).java(jdk.get()), 'Maven ' + version + ', JDK 25').says('Java version: 25') }
} else {
    NotRun.say('maven-versions on JDK 25', 'no JDK 25 below /usr/lib/jvm')
}
return true
