#!/usr/bin/env python3
"""Measures dvswift beside DVC and the floor, and writes the report. See docs/BENCHMARKS.md."""

import argparse
import dataclasses
import pathlib
import sys
import tempfile
import time

import datasets
import report
from memory import measure_memory
from operations import measure_dataset
from large_pipelines import measure_large_pipelines
from metrics import measure_metrics
from pipeline import measure_pipeline, own_cost
from scale import measure_scale
from tools import Failure, Tool, medians, remove

# By how many times dvswift is to be faster than DVC.
FILE_TARGETS = {
    "add": 4, "add_changed": 20, "status": 15, "checkout": 7, "push": 4, "push_again": 20,
    "pull": 12,
}
LARGE_TARGETS = {"add": 1}
# By number of stages: of ten, most of the time is the start of shells.
PIPELINE_TARGETS = {100: {"repro": 50, "nothing": 30}, 1000: {"nothing": 30}}


@dataclasses.dataclass(frozen=True)
class Scale:
    files: int
    files_bytes: int
    large_bytes: int
    stages: tuple
    empty_files: int
    tiny_files: int
    commits: int
    repetitions: int


FULL = Scale(
    20_000, 200_000_000, 512 << 20, (10, 100, 1000), 1_000_000, 1_000_000, 1000, 3
)
QUICK = Scale(2_000, 20_000_000, 64 << 20, (10, 100), 100_000, 20_000, 100, 1)


@dataclasses.dataclass
class Results:
    machine: dict
    versions: dict
    empty_files: int
    rows: list = dataclasses.field(default_factory=list)
    version_seconds: dict = dataclasses.field(default_factory=dict)
    own_costs: dict = dataclasses.field(default_factory=dict)
    memory: dict = dataclasses.field(default_factory=dict)
    tiny_files: int = 0
    scale_rows: list = dataclasses.field(default_factory=list)
    pipeline_rows: list = dataclasses.field(default_factory=list)


def measure(place, dvswift, dvc, scale, progress):
    tools = [dvswift, dvc]
    results = Results(
        report.machine(place), {tool.name: tool.version() for tool in tools}, scale.empty_files
    )
    results.version_seconds = medians(20, tools, lambda tool, _: tool.run(place, "--version"))

    progress("generating the data")
    files, large = place / "files", place / "large"
    datasets.write_files(files, scale.files, scale.files_bytes)
    section = f"{scale.files:,} files, {scale.files_bytes // 10**6} MB"
    results.rows += measure_dataset(
        section, files, place / "many", tools, FILE_TARGETS, scale.repetitions, progress
    )
    remove(files)
    datasets.write_large_file(large, scale.large_bytes)
    section = f"one file, {scale.large_bytes >> 20} MiB"
    results.rows += measure_dataset(
        section, large, place / "one", tools, LARGE_TARGETS, scale.repetitions, progress
    )
    remove(large)

    for count in scale.stages:
        results.rows += measure_pipeline(
            place / "pipelines", tools, count, PIPELINE_TARGETS.get(count, {}),
            scale.repetitions, progress,
        )
    for count in scale.stages[1:]:
        results.own_costs[count] = own_cost(place / "pipelines", dvswift, count, progress)
    results.memory = measure_memory(place, dvswift, scale.empty_files, progress)
    results.pipeline_rows = measure_large_pipelines(
        place / "pipelines", dvswift, scale.stages[-1], scale.repetitions, progress
    )
    results.pipeline_rows += measure_metrics(place / "pipelines", dvswift, progress)
    results.tiny_files = scale.tiny_files
    results.scale_rows = measure_scale(
        place, dvswift, scale.tiny_files, scale.commits, scale.repetitions, progress
    )
    return results


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dvswift", required=True, type=pathlib.Path)
    parser.add_argument("--dvc", required=True, type=pathlib.Path)
    parser.add_argument("--quick", action="store_true", help="smaller data")
    parser.add_argument("--report", type=pathlib.Path, help="the file to write")
    return parser.parse_args()


def main():
    arguments = parse()
    start = time.monotonic()

    def progress(text):
        print(f"[{time.monotonic() - start:4.0f} s] {text}", file=sys.stderr, flush=True)

    place = pathlib.Path(tempfile.mkdtemp(prefix="dvswift-bench-"))
    try:
        dvswift = Tool("dvswift", arguments.dvswift, place / "dvswift-home")
        dvc = Tool("dvc", arguments.dvc, place / "dvc-home")
        results = measure(place, dvswift, dvc, QUICK if arguments.quick else FULL, progress)
    except Failure as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    finally:
        remove(place)
    progress("done")
    print(report.terminal_text(results), end="")
    if arguments.report:
        arguments.report.write_text(report.markdown_text(results))
    return 0


sys.exit(main())
