#!/usr/bin/env bash
# Takes the pictures in docs/screens from a freshly seeded demo city.
# Usage: scripts/screens.sh            starts a city of its own in a folder that is removed after
#        scripts/screens.sh ADDRESS    takes them from a running demo city, e.g. that of make run
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -gt 0 ]; then exec .venv/bin/python scripts/screens.py "$1"; fi

folder=$(mktemp -d)
port=${PORT:-8721}
INSTANCE_PATH="$folder/instance" PORT="$port" setsid .venv/bin/python scripts/serve.py >"$folder/log" 2>&1 &
city=$!
trap 'kill "$city" 2>/dev/null; wait "$city" 2>/dev/null || true; rm -rf "$folder"' EXIT
until curl -fs "http://127.0.0.1:$port/readyz" >/dev/null; do
  kill -0 "$city" || { cat "$folder/log" >&2; exit 1; }
  sleep 1
done
.venv/bin/python scripts/screens.py "http://127.0.0.1:$port"
