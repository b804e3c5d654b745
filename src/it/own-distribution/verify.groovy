// SPDX-License-Identifier: Apache-2.0
// A distribution from a jar of somebody else's, given to the plugin as a dependency: its options are checked, its root filesystem is built and boots.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import java.nio.file.Files
import java.nio.file.Path

def boards = basedir.toPath().resolve('../../../../boards/firechip').toRealPath()
def jar = new Build(new File(basedir, 'jar'))
def version = '-Dmarshal.version=' + projectVersion
def build = new Build(new File(basedir, 'workloads')).environment('MARSHAL_IT_WORD', 'slowly')
def base = new Build(new File(basedir, 'workloads/base'))
def child = new Build(new File(basedir, 'workloads/child'))
def specify = { String options ->
    base.specification('board: ' + boards.resolve('board.yaml') + '\noverlay: ' + boards.resolve('busybox-base/src/main/workload/overlay') + '\nrootfs-size: 64MiB\ndistro:\n  name: notes\n  opts:\n' + options)
}

// without the jar nobody knows it
def pom = Files.readString(build.file('pom.xml'))
Files.writeString(build.file('pom.xml'), pom.replaceAll('(?s)<dependencies>.*</dependencies>', ''))
specify('    motto: MOTTO\n')
build.fails('package', version).says('there is no distribution \'notes\'', 'add the jar that brings it to the <dependencies> of marshal-maven-plugin').ran()
Files.writeString(build.file('pom.xml'), pom)
jar.succeeds('install', version)

// all that is wrong with its options, with their places, before anything is built
specify('    mottto: MOTTO\n    notes: {a: b}\n    environment: MOTTO\n')
build.fails('package', version).says('src/main/workload/workload.yaml:7:5: unknown option \'mottto\' of the distribution \'notes\'. Did you mean \'motto\'?',
        ':8:12: distro.opts.notes: a map stands where', ':9:18: distro.opts.environment: the text \'MOTTO\' stands where a map of names and texts is expected').ran()
specify('    motto: MOTTO\n    notes: [first.txt, none.txt]\n')
build.fails('package', version).says(':8:24: distro.opts.notes: there is no file \'none.txt\'').ran()
specify('    motto: MOTTO\n')
build.fails('package', version).says(':7:12: the motto is in the variable \'MOTTO\', which \'environment\' does not set. Set it').ran()

// it boots
specify('    motto: MOTTO\n    notes: first.txt\n    environment:\n      MOTTO: ${MARSHAL_IT_WORD} but steadily in ${NOTES_BASE_PATH}\n')
build.succeeds('verify', version)
def folder = base.file('src/main/workload').toString()
GuestConsole.of(child, 'child').says('first.txt holds the first note', 'motto holds slowly but steadily in ' + folder)

// what the root filesystem follows from
build.succeeds('package', version).ranNothing()
Files.writeString(base.file('src/main/workload/first.txt'), 'another note\n')
build.succeeds('package', version).says('distro.opts.notes, 1, file 1, first.txt changed')
build.environment('MARSHAL_IT_WORD', 'quickly').succeeds('package', version).says('image: variable MARSHAL_IT_WORD of the host changed')
def source = 'src/main/java/org/example/distro/NotesDistribution.java'
jar.edit(source, '(motto + "\\n")', '("The motto: " + motto + "\\n")')
jar.succeeds('install', version)
build.succeeds('verify', version).says('image: code of the distribution changed')
GuestConsole.of(child, 'child').says('first.txt holds another note', 'motto holds The motto: quickly but steadily in ' + folder)
return true
