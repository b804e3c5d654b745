// SPDX-License-Identifier: Apache-2.0
import dev.marshal.it.NotRun

return System.getenv('MARSHAL_IT_BUILDROOT') ? true :
        NotRun.say('buildroot', 'it compiles a root filesystem from source, for which it needs the network and half an hour; set MARSHAL_IT_BUILDROOT to a source of Buildroot, a folder or git+URL#COMMIT')
