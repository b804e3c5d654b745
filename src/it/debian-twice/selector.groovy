// SPDX-License-Identifier: Apache-2.0
import dev.marshal.it.NotRun

return System.getenv('MARSHAL_IT_LONG') ? true :
        NotRun.say('debian-twice', 'it puts Debian together three times, which takes some ten minutes; set MARSHAL_IT_LONG to run it')
