// SPDX-License-Identifier: Apache-2.0
// A source that is not what it should be stops the build, which says which source it is, what was expected and what came. Nothing of it is kept.
import com.sun.net.httpserver.HttpServer
import dev.marshal.it.Build
import dev.marshal.it.LastGood
import java.nio.file.Files

def build = new Build(basedir)
def good = LastGood.of(build)
def wrong = '0' * 64
def bytes = 'this is no kernel'.bytes
def archive = build.file('src/main/workload/linux.tar.gz')
Files.write(archive, bytes)
def came = LastGood.sha256(archive)

// an archive
build.specification('command: echo good\nlinux:\n  source: linux.tar.gz#sha256=' + wrong + '\n')
build.fails('package').says('workload.yaml:', 'linux.source: the source linux.tar.gz', 'is not what it should be: its sha256 should be ' + wrong + ', but what came has ' + came, 'correct its sha256').ran('kernel-config')
good.isStillThere()

// a download
def server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)
server.createContext('/') { exchange ->
    exchange.sendResponseHeaders(200, bytes.length)
    exchange.responseBody.withStream { it.write(bytes) }
}
server.start()
try {
    def url = 'http://127.0.0.1:' + server.address.port + '/linux.tar.gz'
    build.specification('command: echo good\nlinux:\n  source: ' + url + '#sha256=' + wrong + '\n')
    2.times {
        build.fails('package').says('the source ' + url, 'its sha256 should be ' + wrong + ', but what came has ' + came)
        good.isStillThere()
    }
} finally {
    server.stop(0)
}
