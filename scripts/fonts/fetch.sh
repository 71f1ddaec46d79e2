#!/bin/sh
# Fetch the source faces of webapp/documents/fonts/ into a folder outside the tree.
# Needs npm, apt and dpkg; nothing is installed. Usage: scripts/fonts/fetch.sh FOLDER
set -eu

mkdir -p "$1"
cd "$1"
npm pack --silent @expo-google-fonts/noto-serif-sc@0.4.3 @expo-google-fonts/noto-sans-sc@0.4.3
apt-get download fonts-lxgw-wenkai fonts-dejavu-core unicode-data
for name in serif sans; do
  mkdir -p "$name"
  tar -xzf expo-google-fonts-noto-"$name"-sc-0.4.3.tgz -C "$name" --strip-components=1
done
for archive in *.deb; do
  dpkg-deb -x "$archive" debian
done
