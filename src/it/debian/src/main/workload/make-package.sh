#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A package of one program, as a team's own build would make it.
set -e
rm -rf package
mkdir -p package/DEBIAN package/usr/bin
printf 'Package: greeting\nVersion: 1.0-1\nArchitecture: all\nMaintainer: Nobody <nobody@example.org>\nDescription: says something\n' > package/DEBIAN/control
printf '#!/bin/sh\necho "greeting: of the package"\n' > package/usr/bin/greeting
chmod 755 package/DEBIAN package/usr package/usr/bin package/usr/bin/greeting
SOURCE_DATE_EPOCH=1 dpkg-deb --root-owner-group --build package greeting.new > /dev/null
rm -rf package
mv greeting.new greeting.deb
