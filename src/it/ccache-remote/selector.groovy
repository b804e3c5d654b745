// SPDX-License-Identifier: Apache-2.0
import dev.marshal.it.HostPrograms
import dev.marshal.it.NotRun

return HostPrograms.find('ccache').present || NotRun.say('ccache-remote', 'there is no ccache on the PATH; apt-get install ccache')
