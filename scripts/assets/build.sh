#!/usr/bin/env bash
# Makes webapp/ui/static again: vendored libraries and icons from npm, then the joined files.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved=true
node build.mjs
cd ../..
.venv/bin/python -m webapp.ui.bundles
