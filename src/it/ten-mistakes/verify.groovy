// SPDX-License-Identifier: Apache-2.0
// All that is wrong with a specification and its jobs is said in one go, each with its place, in the order of the file, and nothing is built.
import dev.marshal.it.Build
import java.nio.file.Files

def build = new Build(basedir)
def log = build.fails('verify')
def expected = [
    '2:1: unknown option \'comand\'. Did you mean \'command\'?',
    '3:7: cpus: the text \'many\' stands where a number, 1 or more is expected. Write a number, 1 or more',
    '4:14: rootfs-size is 64 MiB, but the base\'s root filesystem has 256 MiB. Set it to 256 MiB or more, or to 0 for what is used plus a margin',
    '6:3: unknown option \'confg\' in \'linux\'. Did you mean \'config\'?',
    '7:13: linux.modules: \'my module\' cannot be the name of a kernel module. ',
    '9:32: firmware.opensbi-build-args: a map stands where a text is expected. ',
    '9:43: firmware.opensbi-build-args: a list stands where a text is expected. ',
    '10:10: overlay: there is no folder \'overlay\' (looked at ',
    '13:6: files: there is no file or folder \'gone\' (looked at ',
    '17:5: unknown option \'no-such-option\' of the distribution \'busybox\'. ',
    '18:18: testing.strip: \'perhaps\' is neither true nor false. Write true or false',
    '21:10: run: there is no file \'run.sh\' (looked at ',
    '22:14: \'command\' cannot be used together with \'run\' (src/main/workload/workload.yaml:21:10). Keep one of the two',
    '24:5: unknown option \'outptus\'. Did you mean \'outputs\'?',
    '25:10: mem: \'lots\' is no size such as 4GiB, 512M or a number of bytes. Write a size such as 4GiB, or a number of MiB',
    '26:11: there are two jobs called \'one\' (the other is at src/main/workload/workload.yaml:20:11). Give each job a name of its own',
    '27:14: overlay: there is no folder \'nowhere\' (looked at ',
    '28:5: the job has no name. Add \'name: …\'',
].collect { 'src/main/workload/workload.yaml:' + it }
def told = log.lines().collect { it.replaceFirst(/^\[ERROR\] /, '') }.findAll { it.startsWith('src/main/workload/workload.yaml:') }.unique()
println told.join('\n')
assert told.size() == expected.size()
expected.eachWithIndex { problem, i -> assert told[i].startsWith(problem) : told[i] + ' instead of ' + problem }
log.ran()

// nothing is built, but editors have what they need to help
assert Files.list(build.file('target')).map { it.fileName.toString() }.toList() == ['marshal']
assert Files.isRegularFile(build.file('target/marshal/workload.schema.json'))
return true
