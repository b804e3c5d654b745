// SPDX-License-Identifier: Apache-2.0
import dev.marshal.it.HostPrograms
import dev.marshal.it.NotRun

if (System.getenv('MARSHAL_IT_RISCV_PK')) {
    return true
}
// where the board has it from
def upstream = 'https://github.com/riscv-software-src/riscv-pk.git'
return HostPrograms.works(60, 'git', 'ls-remote', '--exit-code', upstream, 'HEAD') ||
        NotRun.say('bbl', 'the source of riscv-pk cannot be had: ' + upstream + ' does not answer; set MARSHAL_IT_RISCV_PK to a folder with it, or to git+URL#COMMIT')
