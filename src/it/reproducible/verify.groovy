// SPDX-License-Identifier: Apache-2.0
// The same bytes in another folder, home and cache, and by another user, umask, locale, time zone and -T: every output, with the kernel's build folder, and
// all that is taken from an empty cache: sources unpacked anew, a kernel tree from the base's repository.
import dev.marshal.it.Build
import dev.marshal.it.FirstDifference
import dev.marshal.it.NotRun
import dev.marshal.uptodate.WholeOutput
import java.nio.file.Files
import java.nio.file.Path

def run = { String... command ->
    def process = new ProcessBuilder(command).inheritIO().start()
    assert process.waitFor() == 0 : command.join(' ')
}
def here = new Build(new File(basedir, 'workload'))
here.edit('pom.xml', 'set by the test', projectVersion)
def there = new File(basedir, 'deeper/in/another/place')
there.parentFile.mkdirs()
run('cp', '-a', here.file('.').toString(), there.toString())
println 'here: ' + here.succeeds('package', '-o').elapsed().toSeconds() + ' s'

// somebody else's home: the repository is the same, the cache is empty
def home = new File(basedir, 'home')
def repository = System.getProperty('maven.repo.local', System.getProperty('user.home') + '/.m2/repository')
new File(home, '.m2').mkdirs()
run('cp', '-rs', new File(repository).canonicalPath, home.path + '/.m2/repository')
// what would come from the network
def downloads = System.getProperty('user.home') + '/.cache/marshal/downloads'
if (new File(downloads).directory) {
    new File(home, '.cache/marshal').mkdirs()
    run('cp', '-a', downloads, home.path + '/.cache/marshal/downloads')
}
// who else: an id of a user who can reach this folder and the local repository
def user = System.getenv('MARSHAL_IT_USER')
def elsewhere = new Build(there).home(home.toPath()).launcher(new File(basedir, 'elsewhere.sh').toPath())
if (user) {
    run('chown', '-R', user + ':' + user, home.path, new File(basedir, 'deeper').path)
} else {
    NotRun.say('reproducible as another user', 'set MARSHAL_IT_USER to the id of a user who can read ' + basedir + ' and the local repository, as root')
}
// Turkish first: its small letter of I is none of ASCII's
def locales = 'locale -a'.execute().text.readLines()
def locale = ['tr_TR.utf8', 'de_DE.utf8'].find { it in locales } ?: locales.find { !(it ==~ /C(\..*)?|POSIX|en_.*/) } ?: 'C.UTF-8'
if (locale == 'C.UTF-8') {
    NotRun.say('reproducible in another locale', 'the host has none; as root: echo tr_TR.UTF-8 UTF-8 >> /etc/locale.gen && locale-gen')
}
elsewhere.environment('USER_ID', user ?: '').environment('OTHER_LOCALE', locale)
def log = elsewhere.succeeds('package', '-T', '2')
println 'elsewhere, ' + (user ? 'another user, ' : '') + locale + ': ' + log.elapsed().toSeconds() + ' s'
assert new File(home, '.cache/marshal/sources').list().length > 0 : 'the cache is another'

def difference = FirstDifference.ofOutputs(here.file('target'), there.toPath().resolve('target'))
assert !difference.present : difference.get()
['.workload', '-bin.elf', '-nodisk.elf', '-linux-build.tar.zst', '-linux.config', '-vmlinux.elf.zst', '-cyclonedx.json', '-rootfs.img'].each { assert here.file('target/reproducible-workload' + it).toFile().length() > 0 }
// and that it would have been seen
def image = there.toPath().resolve('target/reproducible-workload-rootfs.img').toFile()
run('debugfs', '-w', '-R', 'rm /etc/note', image.path)
assert FirstDifference.ofFiles(here.file('target/reproducible-workload-rootfs.img'), image.toPath()).get().contains('/etc/note')
WholeOutput.delete(home.toPath())
return true
