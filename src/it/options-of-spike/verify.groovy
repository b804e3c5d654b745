// SPDX-License-Identifier: Apache-2.0
// Spike and its arguments over a chain of three: a program and arguments of the base's, other arguments, another program.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.HostPrograms
import java.nio.file.Files
import java.nio.file.Path

def build = new Build(basedir)
def modules = ['base', 'child', 'grandchild'].collectEntries { [it, new Build(new File(basedir, it))] }
def spike = System.getenv('MARSHAL_IT_SPIKE') ?: HostPrograms.find('spike').get().toString()

// the program of another test, and a Spike that says how it was called
def hello = basedir.toPath().resolve('../../../../src/it/import-bare-metal/workloads/hello').toRealPath()
['Makefile', 'build.sh', 'link.ld', 'main.c', 'start.S'].each { modules.base.write('src/main/workload/hello/' + it, Files.readString(hello.resolve(it))) }
modules.base.write('src/main/workload/tools/spike', '#!/bin/sh\necho "called as spike $*"\nexec ' + spike + ' "$@"\n')
['hello/build.sh', 'tools/spike'].each { assert modules.base.file('src/main/workload/' + it).toFile().setExecutable(true, false) }

def called = { String name ->
    def lines = GuestConsole.of(modules[name], name).lines()
    assert lines.contains('hello from the bare machine')
    return lines.findAll { it.startsWith('called as spike ') }.collect { it.split(' ').findAll { it.startsWith('-') } }
}
build.succeeds('install').says("not booted: 'launch' is false", 'child: boots on Spike', 'grandchild: boots on Spike')
assert called('child') == [['-p1', '-m128', '--isa=rv64gc', '--real-time-clint']]
// in place of the base's
assert called('grandchild') == [['-p1', '-m128', '--priv=msu']]
modules.grandchild.edit('spike-args: --priv=msu', 'spike: ' + spike)
modules.grandchild.succeeds('verify').says('boots on Spike')
assert called('grandchild') == []

// arguments reach Spike: it knows better than to start with these
modules.grandchild.edit('spike: ' + spike, 'spike-args: --no-such-option')
modules.grandchild.fails('verify').says("'grandchild' on Spike")
return true
