#!/usr/bin/env bash
# Makes what a command needs: the virtual environment for all, browser and Redis for tests.
# Usage: setup.sh run|check|test
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:?run, check or test}

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# Debian's Python comes without the venv module, and its browser and Redis are packages.
need_packages() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "正在安装系统软件包：$*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  else
    fail "缺少系统软件包，请先运行：sudo apt-get install $*"
  fi
}

python=$(command -v python3.11 || command -v python3 || true)
[ -n "$python" ] || need_packages python3 python3-venv
python=$(command -v python3.11 || command -v python3)
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "需要 Python 3.11 或更新版本，现在是 $("$python" --version)。"

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  "$python" -c 'import ensurepip, venv' 2>/dev/null || need_packages python3-venv
  rm -rf .venv
  "$python" -m venv .venv
fi

requirements=requirements.txt
[ "$purpose" = run ] || requirements=requirements-dev.txt
wanted=$(cat requirements.txt "$requirements" | sha256sum | cut -d' ' -f1)
stamp=.venv/installed-$requirements
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
  say "正在安装 Python 软件包（$requirements）…"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$requirements"
  printf '%s' "$wanted" >"$stamp"
fi

if [ "$purpose" = test ]; then
  missing=()
  command -v chromium >/dev/null || missing+=(chromium)
  command -v redis-server >/dev/null || missing+=(redis-server)
  # Chromium needs a Chinese face to show what users see.
  fc-list 2>/dev/null | grep -qi 'noto.*cjk' || missing+=(fontconfig fonts-noto-cjk)
  [ ${#missing[@]} = 0 ] || need_packages "${missing[@]}"
fi
