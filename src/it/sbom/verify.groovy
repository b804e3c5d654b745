// SPDX-License-Identifier: Apache-2.0
// The bill of materials is published beside the workload, is what CycloneDX wants, and is the same whoever makes it.
import dev.marshal.it.Build
import groovy.json.JsonSlurper
import org.cyclonedx.Version
import org.cyclonedx.parsers.JsonParser

def build = new Build(basedir)
def repository = new File(System.getProperty('maven.repo.local') ?: "${System.getProperty('user.home')}/.m2/repository")
def file = new File(repository, 'dev/marshal/it/sbom/1.0/sbom-1.0-cyclonedx.json')
assert file.file
def faults = new JsonParser().validate(file, Version.VERSION_16)
assert faults.isEmpty()

def bill = new JsonSlurper().parse(file)
assert bill.metadata.component.purl == 'pkg:maven/dev.marshal.it/sbom@1.0?type=workload'
assert bill.metadata.timestamp == '2026-01-01T00:00:00Z'
def components = bill.components.collectEntries { [it.name, it] }
assert components.keySet().containsAll(['busybox-base', 'linux', 'busybox', 'opensbi', 'iceblk', 'icenet'])
assert components['linux'].version =~ /^\d+\./
assert components['busybox-base'].properties.any { it.name == 'marshal:sha256:bin.elf' && it.value ==~ /[0-9a-f]{64}/ }
// nothing was compiled for this workload: compilers are in the base's bill
assert bill.formulation[0].components*.name == ['mke2fs']

byte[] first = file.bytes
build.succeeds('package', '-o').ranNothing()
// not by Maven's clean, which a local repository may lack
new File(basedir, 'target').deleteDir()
build.succeeds('install', '-o', '-DskipTests', '-Duser.timezone=Asia/Tokyo')
assert file.bytes == first
return true
