// SPDX-License-Identifier: Apache-2.0
// What concerns tests is for the workload that says it: references, what is compared of the console, and time limits; so is the diskless binary.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import java.nio.file.Files

def build = new Build(basedir)
def modules = ['base', 'child', 'grandchild'].collectEntries { [it, new Build(new File(basedir, it))] }
def nodisk = { String name -> Files.exists(modules[name].file("target/${name}-nodisk.elf".toString())) }

// the child boots for guest-init and for its run longer than the base may, and compares what only the whole console has; the grandchild compares nothing
def log = build.succeeds('install').says("not compared: 'launch' is false", 'booting once for guest-init', 'child: boots on QEMU', 'grandchild: boots on QEMU')
assert log.lines().findAll { it.contains('the output matches the references: ') }*.replaceFirst('.*references: ', '') == ['child/result, child/uartlog']
GuestConsole.of(modules.grandchild, 'grandchild').says('from the grandchild')
assert nodisk('base') && !nodisk('child') && !nodisk('grandchild')
['child', 'grandchild'].each { modules[it].succeeds('marshal:tree').saysNot('testing.strip', 'testing.buildTimeout', 'testing.runTimeout', 'nodisk  ') }
modules.grandchild.succeeds('marshal:tree').saysNot('testing.refDir')

// of what the script printed, the line before it is no part
modules.child.edit('  refDir:', '  strip: true\n  refDir:')
modules.child.fails('verify').says('1 of 2 references do not match', 'child/uartlog')
modules.child.write('src/test/workload/child/uartlog', 'made while building\nfrom the script\n')
modules.child.succeeds('marshal:verify').says('the output matches the references: child/result, child/uartlog')

// the limits of the base, which come before those of the command line
modules.base.edit('launch: false', 'launch: true')
modules.base.fails('verify', '-Dmarshal.runTimeout=60').says('did not power off within its time limit of 1.0 s', "raise 'testing.runTimeout'")
modules.base.edit('launch: true', 'guest-init: forever.sh')
modules.base.write('src/main/workload/forever.sh', '#!/bin/sh\nsleep 1000\n')
modules.base.fails('package', '-Dmarshal.buildTimeout=60').says('did not power off within its time limit of 1.0 s', "raise 'testing.buildTimeout'")
return true
