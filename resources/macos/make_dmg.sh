#!/bin/sh
# Puts the bundle that PyInstaller made into a disk image. Not tried on that system.
# Usage: resources/macos/make_dmg.sh VERSION
set -eu
version=$1
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
cp -R "dist/Event Center.app" "$staging/"
ln -s /Applications "$staging/Applications"
hdiutil create -volname "Event Center" -srcfolder "$staging" -ov -format UDZO "dist/event-center-desktop-$version.dmg"
