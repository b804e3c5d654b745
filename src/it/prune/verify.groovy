// SPDX-License-Identifier: Apache-2.0
// The cache says how large it is; what is old goes, and is made again when it is wanted; what builds use stays, though they run at the same time.
import dev.marshal.it.Build
import dev.marshal.it.LastGood

def build = new Build(basedir)
def good = LastGood.of(build)
def cache = new File(basedir, 'cache')
def images = { new File(cache, 'images').listFiles().findAll { it.name.endsWith('.img') } }
def workloads = { new File(cache, 'workloads').listFiles().toList() }
def age = { (images() + workloads()).each { it.lastModified = System.currentTimeMillis() - 40L * 24 * 3600 * 1000 } }
assert images().size() == 1
assert workloads().size() == 1

// without a project; what was just used stays whatever the limit
def elsewhere = new Build(new File(basedir, 'src'))
def goal = "dev.marshal:marshal-maven-plugin:${projectVersion}:prune".toString()
def where = "-Dmarshal.cache=${cache}".toString()
elsewhere.succeeds('-o', goal, where, '-Dmarshal.cacheLimit=0', '-Dmarshal.cacheAge=0').says('used within the last 6 hours', 'of at most 0 bytes').saysNot('deleted  ')
assert images().size() == 1

age()
elsewhere.succeeds('-o', goal, where, '-Dmarshal.dryRun').says('would go', 'not used for 40 days', 'would have 0 bytes now, of at most 20 GiB')
assert images().size() == 1
assert workloads().size() == 1
def anew = {
    // not by Maven's clean, which a local repository may lack
    new File(basedir, 'target').deleteDir()
    build.succeeds('package', '-o', where)
}
def name = images()[0].name
elsewhere.succeeds('-o', goal, where).says('deleted ', 'images/' + name + ': not used for 40 days', 'has 0 bytes now, of at most 20 GiB')
assert images().isEmpty()
assert workloads().isEmpty()
anew()
good.isStillThere()

// at the same moment: either it goes before the build comes to it, which makes it again, or it stays
[0, 200, 400].each { milliseconds ->
    age()
    def pruning = Thread.start {
        sleep(milliseconds)
        elsewhere.succeeds('-o', goal, where)
    }
    anew()
    good.isStillThere()
    pruning.join()
}
assert !cache.list().any { it.startsWith('.') }

elsewhere.fails('-o', goal, where, '-Dmarshal.cacheLimit=much').says("'much' is no size such as 4GiB", 'marshal.cacheLimit')
return true
