// SPDX-License-Identifier: Apache-2.0
// Maven's own tools on workloads as on jars: newer versions found and taken, ranges, dependencyManagement, exclusions, the tree, and all fetched for a build
// without a network.
import dev.marshal.it.Build
import dev.marshal.rootfs.Ext4Reader
import dev.marshal.rootfs.ImagePath
import java.nio.file.Files

final String VERSIONS = 'org.codehaus.mojo:versions-maven-plugin:2.18.0:'
final String DEPENDENCY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:'
def repository = new File(basedir.canonicalFile, 'repository')
def where = '-Dteam.repository=' + repository.toURI()
def project = { new Build(new File(basedir, it)) }
def team = project('team')
def middle = project('middle')
def child = project('child')
[team, middle, child].each { it.edit('pom.xml', 'set by the test', projectVersion) }

/** What the team deployed is in its repository, and nowhere else. */
def forget = {
    new File(System.getProperty('maven.repo.local') ?: System.getProperty('user.home') + '/.m2/repository', 'dev/marshal/it/tools').deleteDir()
}
def deploy = { Build build -> build.succeeds('deploy', '-DskipTests', where, '-DaltDeploymentRepository=team::' + repository.toURI()) }
def version = 'own-1.0'
['1.0', '1.1', '2.0'].each {
    team.edit('pom.xml', '<version>' + version + '</version>', '<version>' + it + '</version>')
    version = it
    team.write('src/main/workload/overlay/etc/team', 'this is ' + it + '\n')
    deploy(team)
}
deploy(middle)
forget()

def pom = { Files.readString(child.file('pom.xml')) }
def image = { String file ->
    def reader = Ext4Reader.open(child.file('target/child-rootfs.img'))
    try {
        return new String(reader.bytes(ImagePath.of(file), 1024))
    } finally {
        reader.close()
    }
}
def built = { String expected, String... arguments ->
    def log = child.succeeds(*(['package', where] + arguments.toList()))
    assert image('/etc/team') == 'this is ' + expected + '\n'
    return log
}
def dependency = { String from, String to -> child.edit('pom.xml', from, to) }

// Maven reads the POM of every dependency of the plugin before each build: there is one, which stands alone
def local = new File(System.getProperty('maven.repo.local') ?: System.getProperty('user.home') + '/.m2/repository', 'dev/marshal/marshal-maven-plugin/' + projectVersion)
def plugin = new File(local, 'marshal-maven-plugin-' + projectVersion + '.pom').text
def shipped = plugin.split('<dependency>').drop(1).findAll { !(it =~ '(?s)^.*?<scope>(provided|test)</scope>.*?</dependency>') }
assert shipped.size() == 1 && shipped[0].contains('<artifactId>zstd-jni</artifactId>')

// newer versions
built('1.0').says('dev.marshal.it.tools:team:1.0 → dev.marshal.it.tools:child:own-1.0')
child.succeeds(VERSIONS + 'display-dependency-updates', where).says('dev.marshal.it.tools:team', '1.0 -> 2.0')
child.succeeds(VERSIONS + 'use-latest-releases', '-DallowMajorUpdates=false', '-DgenerateBackupPoms=false', where)
assert pom().contains('<version>1.1</version>\n      <type>workload</type>')
built('1.1').ranBecause('image', 'root filesystem of dev.marshal.it.tools:team:1.')
child.succeeds(VERSIONS + 'use-latest-releases', '-DgenerateBackupPoms=false', where)
built('2.0').says('dev.marshal.it.tools:team:2.0 →')

// a range
dependency('<version>2.0</version>\n      <type>', '<version>[1.0,2.0-alpha)</version>\n      <type>')
built('1.1')
child.succeeds(VERSIONS + 'resolve-ranges', '-DgenerateBackupPoms=false', where)
built('1.1').ranNothing()

// dependencyManagement
dependency('      <version>1.1</version>\n      <type>workload</type>', '      <type>workload</type>')
def managed = { String to ->
    '<dependencyManagement>\n    <dependencies>\n      <dependency>\n        <groupId>dev.marshal.it.tools</groupId>\n        <artifactId>team</artifactId>\n        <version>' + to +
            '</version>\n        <type>workload</type>\n      </dependency>\n    </dependencies>\n  </dependencyManagement>'
}
dependency('<!-- management -->', managed('1.0'))
built('1.0')

// the chain is the tree; what a base inherits is in its own artifact, whatever is said of the base's base
dependency('<artifactId>team</artifactId>\n      <type>', '<artifactId>middle</artifactId>\n      <version>1.0</version>\n      <type>')
child.succeeds(DEPENDENCY + 'tree', where).says('dev.marshal.it.tools:middle:workload:1.0:compile', 'dev.marshal.it.tools:team:workload:1.0:compile', 'dev.marshal.firechip:busybox-base:workload:' + projectVersion + ':compile')
built('1.0').says('dev.marshal.it.tools:team:1.0 → dev.marshal.it.tools:middle:1.0 → dev.marshal.it.tools:child:own-1.0')
assert image('/etc/middle') == 'in the middle\n'
dependency(managed('1.0'), managed('2.0'))
child.succeeds(DEPENDENCY + 'tree', where).says('dev.marshal.it.tools:team:workload:2.0:compile')
built('1.0').ranNothing()
dependency(managed('2.0'), '<!-- management -->')
dependency('      <type>workload</type>\n', '      <type>workload</type>\n      <exclusions>\n        <exclusion>\n          <groupId>*</groupId>\n          <artifactId>*</artifactId>\n        </exclusion>\n      </exclusions>\n')
child.succeeds(DEPENDENCY + 'tree', where).says('dev.marshal.it.tools:middle:workload:1.0:compile').saysNot('dev.marshal.it.tools:team')
built('1.0').ranNothing()

// all is fetched, then there is no repository any more
forget()
child.file('target').toFile().deleteDir()
def cache = '-Dmarshal.cache=' + new File(basedir, 'cache')
child.succeeds(DEPENDENCY + 'go-offline', 'dev.marshal:marshal-maven-plugin:' + projectVersion + ':go-offline', where, cache)
assert repository.renameTo(new File(basedir, 'unreachable'))
built('1.0', '-o', cache)

forget()
return true
