"""Peak memory on very many files, whose listing is all there is to hold."""

import subprocess

from datasets import write_empty_files
from tools import Failure, remove


def tree(folder):
    """Names, kinds and sizes in a tree, as one digest."""
    script = "find . -printf '%y %s %P\\n' | grep -v '^d' | LC_ALL=C sort | md5sum"
    return subprocess.run(
        ["bash", "-c", script], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


def measure_memory(place, tool, count, progress):
    """Operation: (peak bytes, seconds) of add and checkout of `count` empty files."""
    folder = place / "empty-files"
    tool.create_project(folder)
    progress(f"{count:,} empty files: create")
    write_empty_files(folder / "data", count)
    expected = tree(folder / "data")
    progress(f"{count:,} empty files: add")
    added = tool.run(folder, "add", "data")
    remove(folder / "data")
    progress(f"{count:,} empty files: checkout")
    restored = tool.run(folder, "checkout")
    if tree(folder / "data") != expected:
        raise Failure("checkout did not bring the empty files back")
    remove(folder)
    progress(f"    peak {added.peak_bytes >> 20} and {restored.peak_bytes >> 20} MiB")
    return {
        "add": (added.peak_bytes, added.seconds),
        "checkout": (restored.peak_bytes, restored.seconds),
    }
