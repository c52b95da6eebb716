#!/usr/bin/env python3
"""Measures how fast files are hashed: the kernels on memory, then dvswift beside md5sum on files in memory.

Times are those of processors, user and system, so that a busy machine disturbs little. `status` reads every file, as what
it remembers is removed before; `verify` reads every object of the cache.
"""

import argparse
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile

from tools import Failure, Tool, expect_text, remove, run

ROOT = pathlib.Path(__file__).resolve().parent.parent
SIZES_KIB = (4, 16, 64, 256, 1024, 4096)
REPETITIONS = 5


def measure_kernels(place):
    compiler = shutil.which("clang") or "cc"
    sources = ROOT / "Sources" / "CHashing"
    program = place / "lanes"
    subprocess.run(
        [compiler, "-O3", f"-I{sources / 'include'}", "-o", program, ROOT / "Benchmarks" / "lanes.c",
         *sorted(sources.glob("*.c"))],
        check=True,
    )
    subprocess.run([program], check=True)


def write_files(folder, size, total):
    """Noise, which is stored as it is."""
    random.seed(size)
    for index in range(total // size):
        part = folder / f"{index // 1000:03}"
        part.mkdir(parents=True, exist_ok=True)
        (part / f"{index:06}").write_bytes(random.randbytes(size))


def forgetful(tool, folder, *arguments):
    """Runs a command that remembers no file from before."""
    remove(folder / ".dvc" / "tmp" / "dvswift")
    return tool.run(folder, *arguments)


def measure_size(place, tool, size, total):
    folder = place / "project"
    tool.create_project(folder)
    write_files(folder / "data", size, total)
    tool.run(folder, "add", "--quiet", "data")
    by_md5sum, by_status, by_verify = [], [], []
    for _ in range(REPETITIONS):
        by_md5sum.append(run(["bash", "-c", "find data -type f -print0 | xargs -0 md5sum"], folder))
        by_status.append(forgetful(tool, folder, "status"))
        expect_text("up to date", by_status[-1].output)
        by_verify.append(forgetful(tool, folder, "verify"))
    remove(folder)
    floor, status, verify = (
        statistics.median(one.cpu_seconds for one in runs)
        for runs in (by_md5sum, by_status, by_verify)
    )
    print(
        f"{size >> 10:5} KiB: md5sum {total / floor / 1e9:.2f} GB/s, status {total / status / 1e9:.2f}"
        f" ({floor / status:.1f} x), verify {total / verify / 1e9:.2f} ({floor / verify:.1f} x)",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dvswift", required=True)
    parser.add_argument("--place", default="/dev/shm", help="a folder in memory")
    parser.add_argument("--megabytes", type=int, default=256, help="of files, for each size")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.place) as name:
        place = pathlib.Path(name)
        measure_kernels(place)
        tool = Tool("dvswift", options.dvswift, place / "home")
        for size in SIZES_KIB:
            measure_size(place, tool, size << 10, options.megabytes << 20)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(str(failure))
