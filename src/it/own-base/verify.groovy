// SPDX-License-Identifier: Apache-2.0
// A workload as the base of others, in the same reactor and from the repository: with the same kernel inputs, nothing is compiled for a child.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.LastGood

def build = new Build(basedir)
build.succeeds('install').says('the same kernel inputs as dev.marshal.it.own-base:base:1.0: nothing is compiled, its boot binary is used')
def base = new Build(new File(basedir, 'base'))
def child = new Build(new File(basedir, 'child'))
def baseGuest = GuestConsole.of(base, 'base')
baseGuest.says('base')
assert baseGuest.ofScript().any { it.endsWith('-own-base') }
assert LastGood.sha256(child.file('target/child-bin.elf')) == LastGood.sha256(base.file('target/base-bin.elf'))

// the child runs the base's command, which its root filesystem has from the base, over its own files
def childGuest = GuestConsole.of(child, 'child')
childGuest.says('child')
assert childGuest.ofScript().any { it.endsWith('-own-base') }

// somebody else's workload, from the repository
def consumer = new Build(new File(basedir, 'consumer'))
consumer.succeeds('verify', '-o').says('dev.marshal.it.own-base:base:1.0 → dev.marshal.it.own-base:child:1.0 → dev.marshal.it.own-base:consumer:1.0', 'the same kernel inputs as dev.marshal.it.own-base:child:1.0')
assert LastGood.sha256(consumer.file('target/consumer-bin.elf')) == LastGood.sha256(base.file('target/base-bin.elf'))
GuestConsole.of(consumer, 'consumer').says('child', 'consumer')
return true
