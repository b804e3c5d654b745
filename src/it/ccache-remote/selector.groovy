// SPDX-License-Identifier: Apache-2.0
import dev.marshal.it.HostPrograms
import dev.marshal.it.NotRun

if (System.getenv('MARSHAL_IT_LONG') == null) {
    return NotRun.say('ccache-remote', 'it compiles a kernel three times; set MARSHAL_IT_LONG')
}
return HostPrograms.find('ccache').present || NotRun.say('ccache-remote', 'there is no ccache on the PATH; apt-get install ccache')
