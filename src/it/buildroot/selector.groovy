// SPDX-License-Identifier: Apache-2.0
import dev.marshal.it.NotRun

return System.getenv('MARSHAL_IT_BUILDROOT') ? true :
        NotRun.say('buildroot', 'it compiles root filesystems from source, which takes 10 minutes and, unless MARSHAL_IT_BUILDROOT_DL names a folder with the sources of all packages, the network; set MARSHAL_IT_BUILDROOT to a source of Buildroot, a folder or git+URL#COMMIT')
