// SPDX-License-Identifier: Apache-2.0
import dev.marshal.it.HostPrograms
import dev.marshal.it.NotRun

return System.getenv('MARSHAL_IT_SPIKE') || HostPrograms.find('spike').present ? true :
        NotRun.say('options-of-spike', 'there is no spike on the PATH; set MARSHAL_IT_SPIKE to its path')
