#!/usr/bin/env bash
# Format, lint, types, import layers, templates: all run, the first fault decides the exit.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0
run() { printf '%s\n' "— $*"; "$@" || failed=1; }
run .venv/bin/ruff format --check --quiet .
run .venv/bin/ruff check --quiet .
run .venv/bin/mypy
run .venv/bin/lint-imports
run .venv/bin/djlint --lint --quiet webapp
exit $failed
