// SPDX-License-Identifier: Apache-2.0
import dev.marshal.it.HostPrograms
import dev.marshal.it.NotRun

def named = System.getenv('MARSHAL_IT_SPIKE')
if (named) {
    // a path that is wrong is to fail the test, not to skip it
    return true
}
return HostPrograms.find('spike').isPresent() || NotRun.say('spike', 'there is no spike on the PATH; set MARSHAL_IT_SPIKE to its path')
