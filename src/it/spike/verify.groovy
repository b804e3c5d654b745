// SPDX-License-Identifier: Apache-2.0
// A diskless workload boots and powers off on Spike.
import dev.marshal.it.Build
import dev.marshal.it.GuestConsole
import dev.marshal.it.HostPrograms

def build = new Build(basedir)
def spike = System.getenv('MARSHAL_IT_SPIKE') ?: HostPrograms.find('spike').get()
build.edit('nodisk: true', 'nodisk: true\nspike: ' + spike)
build.succeeds('verify', '-Dmarshal.simulator=spike', '-Dmarshal.diskless').says('boots on Spike')
GuestConsole.of(build, 'spike').says('hello from Spike', '1')
return true
