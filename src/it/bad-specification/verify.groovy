// SPDX-License-Identifier: Apache-2.0
// What is wrong with a specification or a POM is said before anything is built, with its place and a remedy; what was built before stays.
import dev.marshal.it.Build
import dev.marshal.it.LastGood
import java.nio.file.Files

def build = new Build(basedir)
def good = LastGood.of(build)
def pom = Files.readString(build.file('pom.xml'))
def specification = 'src/main/workload/workload.yaml'

def refused = { String... parts ->
    def log = build.fails('package')
    log.says(parts)
    log.ran()
    good.isStillThere()
    build.write('pom.xml', pom)
    build.specification('command: echo good\n')
}

// no base
build.edit('pom.xml', '<type>workload</type>', '<type>pom</type>')
refused('pom.xml <dependencies>: the workload has no base', 'Add one, such as dev.marshal.firechip:busybox-base with <type>workload</type>')

// two bases
def second = '<dependency><groupId>dev.marshal.firechip</groupId><artifactId>bare-base</artifactId><version>' + projectVersion + '</version><type>workload</type></dependency>'
build.edit('pom.xml', '</dependencies>', second + '\n  </dependencies>')
def line = Files.readAllLines(build.file('pom.xml')).findIndexOf { it.contains('bare-base') } + 1
refused('pom.xml:' + line + ':', '<dependency> bare-base', 'the project has 2 dependencies of type \'workload\' (dev.marshal.firechip:busybox-base, dev.marshal.firechip:bare-base)',
        'Remove all but one, or name the base in ' + specification + ': base: busybox-base')

// unknown options, each with the nearest name
build.specification('comand: echo x\nlinux:\n  confg: a.config\n')
refused(specification + ':1:1: unknown option \'comand\'. Did you mean \'command\'?', specification + ':3:3: unknown option \'confg\' in \'linux\'. Did you mean \'config\'?')

// not YAML at all
build.specification('command: "no end\n')
refused(specification + ':')

// everything that is missing, in one go
build.specification('overlay: no-overlay\nrun: no-script.sh with words\nlinux:\n  config: no.config\n  modules:\n    gone: no-module\nfiles:\n  - [no-file, /root/]\n')
refused(specification + ':1:10: overlay: there is no folder \'no-overlay\'',
        specification + ':2:6: run: there is no file \'no-script.sh\'',
        specification + ':4:11: linux.config: there is no file \'no.config\'',
        'linux.modules: there is no folder with a Makefile \'no-module\'',
        specification + ':8:', 'files: there is no file or folder \'no-file\'',
        'Create it, or correct the path; paths are relative to ' + build.file('src/main/workload'))

// options that exclude each other
build.write('src/main/workload/run.sh', '#!/bin/sh\n')
build.specification('command: echo good\nrun: run.sh\n')
refused(specification + ':', '\'command\' cannot be used together with \'run\'', 'Keep one of the two')

// a root filesystem smaller than the base's
build.specification('rootfs-size: 64MiB\n')
def small = build.fails('package')
small.says(specification + ':1:14: rootfs-size is 64 MiB, but the base\'s root filesystem has 256 MiB', 'Set it to 256 MiB or more')
good.isStillThere()

// put right, the same outputs come again
build.specification('command: echo good\n')
build.succeeds('package')
good.isStillThere()
