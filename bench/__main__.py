"""python -m bench [rollup|counters|papers|all] [--smoke] [--rounds N] [--json FILE]"""

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import counters, papers, rollup
from bench.city import application, make, server
from webapp.platform import database
from webapp.platform.clock import now

GROUPS = {
    "rollup": rollup.measure,
    "counters": counters.measure,
    "papers": papers.measure,
}


def main() -> int:
    """Measure, print a line a goal, exit 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("group", nargs="?", default="all", choices=[*GROUPS, "all"])
    parser.add_argument("--smoke", action="store_true", help="small cities, under a minute")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    at = now()
    results = []
    print(
        f"commit {_commit()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        flush=True,
    )
    with server() as address, TemporaryDirectory() as folder:
        _move_in(address, folder, at)
        for name, measure in GROUPS.items():
            if asked.group not in (name, "all"):
                continue
            for result in measure(address, small=asked.smoke, at=at, rounds=asked.rounds):
                print(result.line(), flush=True)
                results.append(result)
    if asked.json:
        body = {
            "format": 1,
            "commit": _commit(),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "at": at.isoformat(),
            "results": [asdict(result) for result in results],
        }
        asked.json.write_text(json.dumps(body, ensure_ascii=False, indent=1))
    return 0 if all(result.ok for result in results) else 1


def _move_in(address: str, folder: str, at: datetime) -> None:
    """Let every room listen, on a database of its own."""
    owner = make(address, "bench_rooms", enterprises=1, hazards=1, at=at)
    application(owner, Path(folder))
    database.dispose()


def _commit() -> str:
    try:
        return subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


sys.exit(main())
