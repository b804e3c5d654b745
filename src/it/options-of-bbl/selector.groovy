// SPDX-License-Identifier: Apache-2.0
import dev.marshal.it.NotRun

return System.getenv('MARSHAL_IT_RISCV_PK') ? true :
        NotRun.say('options-of-bbl', 'it needs a git repository of riscv-pk; set MARSHAL_IT_RISCV_PK to git+URL#COMMIT')
