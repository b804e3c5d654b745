// SPDX-License-Identifier: Apache-2.0
// FireSim's manager finds what was built, and what was published, with all files that its description names.
import dev.marshal.it.Build
import dev.marshal.it.LastGood
import groovy.json.JsonSlurper

/** What the manager makes of a description: what it takes from keys and from their absence, and where it looks for files. */
def read = { File firesim, String name ->
    def json = new JsonSlurper().parse(new File(firesim, "deploy/workloads/${name}.json"))
    def folder = new File(firesim, "deploy/workloads/${json.benchmark_name}")
    assert !json.containsKey('workloads')
    // no key: the manager would look for an image of its own making
    assert json.containsKey('common_rootfs')
    def file = { String path ->
        def found = new File(folder, path)
        assert found.file && !java.nio.file.Files.isSymbolicLink(found.toPath())
        return found
    }
    json.common_simulation_inputs.each { file(it) }
    return [json: json, binary: file(json.common_bootbinary), image: json.common_rootfs == null ? null : file(json.common_rootfs), folder: folder]
}
/** The same for a node a job. */
def readJobs = { File firesim, String name ->
    def json = new JsonSlurper().parse(new File(firesim, "deploy/workloads/${name}.json"))
    return json.workloads.collect { job ->
        assert job.containsKey('rootfs')
        def files = [job.bootbinary, job.rootfs].collect { new File(firesim, "deploy/workloads/${json.benchmark_name}/${it}") }
        files.each { assert it.file }
        return [name: job.name, outputs: job.outputs, simulationOutputs: job.simulation_outputs + json.common_simulation_outputs, binary: files[0], image: files[1]]
    }
}
def built = new File(basedir, 'firesim')
def published = new File(basedir, 'other-firesim')
[built, published].each { new File(it, 'deploy/workloads').mkdirs() }

def build = new Build(basedir)
def modules = ['disk', 'bare', 'nodes'].collectEntries { [it, new Build(new File(basedir, it))] }
modules.disk.fails('marshal:install-firesim').says('it is not known where FireSim is', '-Dmarshal.firesimDir=DIR')
modules.disk.fails('marshal:install-firesim', "-Dmarshal.firesimDir=${basedir}".toString()).says('is no FireSim: there is no folder deploy/workloads in it')
build.fails('marshal:install-firesim', "-Dmarshal.firesimDir=${built}".toString()).says('the project install-firesim is no workload')
modules.each { name, module ->
    module.succeeds('marshal:install-firesim', "-Dmarshal.firesimDir=${built}".toString()).says("workload_name: ${name}.json".toString())
}
modules.disk.succeeds('marshal:install-firesim', '-Dmarshal.firesimDir=../firesim').says('install-firesim: up to date')

def disk = read(built, 'disk')
assert LastGood.sha256(disk.binary.toPath()) == LastGood.sha256(build.file('disk/target/disk-bin.elf'))
assert LastGood.sha256(disk.image.toPath()) == LastGood.sha256(build.file('disk/target/disk-rootfs.img'))
assert disk.json.benchmark_name == 'disk'
assert disk.json.common_outputs == ['/root/result']
assert disk.json.common_simulation_outputs == ['uartlog', 'memory_stats*.csv']
// as the manager does: in the workload's folder, with the folder of results at the end
def hook = ['sh', '-c', "cd '${disk.folder}' && ${disk.json.post_run_hook} /results".toString()].execute()
assert hook.text == '--all of them /results\n'
def bare = read(built, 'bare')
assert bare.image == null // a bare-metal binary
assert LastGood.sha256(bare.binary.toPath()) == LastGood.sha256(build.file('bare/target/bare-bin.elf'))
assert bare.json.common_simulation_inputs == ['trace.txt']
assert new File(bare.folder, 'trace.txt').text == 'a trace\n'
def nodes = readJobs(built, 'nodes')
assert nodes*.name == ['nodes-server', 'nodes-client']
assert nodes*.outputs == [['/root/result'], ['/root/other']]
assert nodes*.simulationOutputs == [['server.csv', 'uartlog'], ['uartlog']]
nodes.each {
    assert LastGood.sha256(it.image.toPath()) == LastGood.sha256(build.file("nodes/target/${it.name}-rootfs.img"))
    assert LastGood.sha256(it.binary.toPath()) == LastGood.sha256(build.file('nodes/target/nodes-bin.elf'))
}
assert LastGood.sha256(nodes[0].image.toPath()) != LastGood.sha256(nodes[1].image.toPath())

// from the repository, where there is no project
def elsewhere = new Build(new File(basedir, 'firesim'))
def goal = "dev.marshal:marshal-maven-plugin:${projectVersion}:install-firesim".toString()
def into = "-Dmarshal.firesimDir=${published}".toString()
['disk', 'bare', 'nodes'].each { new File(basedir, "${it}/target").deleteDir() }
elsewhere.succeeds('-o', goal, into, '-Dmarshal.artifact=dev.marshal.it.install-firesim:disk:1.0').says('workload_name: disk.json')
def again = read(published, 'disk')
assert again.json == disk.json
['binary', 'image'].each { assert LastGood.sha256(again[it].toPath()) == LastGood.sha256(disk[it].toPath()) }
assert new File(again.folder, 'collect.sh').canExecute()
elsewhere.succeeds('-o', goal, into, '-Dmarshal.artifact=dev.marshal.it.install-firesim:nodes:1.0').says('workload_name: nodes.json')
assert readJobs(published, 'nodes').collect { [it.name, it.outputs, it.simulationOutputs, LastGood.sha256(it.binary.toPath()), LastGood.sha256(it.image.toPath())] } ==
        nodes.collect { [it.name, it.outputs, it.simulationOutputs, LastGood.sha256(it.binary.toPath()), LastGood.sha256(it.image.toPath())] }
elsewhere.fails('-o', goal, into, '-Dmarshal.artifact=dev.marshal.it.install-firesim:bare:1.0').says("there is no file 'trace.txt'", 'a published workload does not bring its inputs')
elsewhere.fails('-o', goal, into, '-Dmarshal.artifact=dev.marshal.it.install-firesim:disk').says('names no workload', 'groupId:artifactId:version')
elsewhere.fails('-o', goal, into).says('there is neither a project nor an artifact to install')
return true
