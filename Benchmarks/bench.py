#!/usr/bin/env python3
"""Measures dvswift beside DVC and the floor, and writes the report. See docs/BENCHMARKS.md."""

import argparse
import dataclasses
import pathlib
import sys
import tempfile
import time

import curves
import datasets
import report
from git_tools import git_tools
from growth import growth_curves, measure_growth
from memory import measure_memory
from operations import DataProject, measure_dataset
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
SCALE_TARGETS = {
    "add": 10, "add_changed": 50, "status": 25, "checkout": 10, "push_again": 100, "pull": 15,
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
    grown_files: tuple
    grown_stages: tuple
    repetitions: int


FULL = Scale(
    20_000, 200_000_000, 512 << 20, (10, 100, 1000), 1_000_000, 1_000_000, 1000,
    (1_000, 10_000, 100_000, 1_000_000), (10, 100, 1_000, 10_000), 5,
)
QUICK = Scale(
    2_000, 20_000_000, 64 << 20, (10, 100), 100_000, 20_000, 100, (1_000,), (10,), 1
)


@dataclasses.dataclass
class Results:
    machine: dict
    versions: dict
    empty_files: int
    rows: list = dataclasses.field(default_factory=list)
    growth_rows: list = dataclasses.field(default_factory=list)
    version_seconds: dict = dataclasses.field(default_factory=dict)
    own_costs: dict = dataclasses.field(default_factory=dict)
    memory: dict = dataclasses.field(default_factory=dict)
    tiny_files: int = 0
    scale_rows: list = dataclasses.field(default_factory=list)
    pipeline_rows: list = dataclasses.field(default_factory=list)


class Bench:
    """One run: each section adds to the results."""

    def __init__(self, place, tools, others, scale, progress):
        self.place = place
        self.tools = tools
        self.others = others
        self.scale = scale
        self.progress = progress
        self.results = Results(
            report.machine(place), {tool.name: tool.version() for tool in tools}, scale.empty_files
        )
        self.results.version_seconds = medians(
            20, tools, lambda tool, _: tool.run(place, "--version")
        )
        self.results.tiny_files = scale.tiny_files

    def files(self):
        source = self.place / "files"
        datasets.write_files(source, self.scale.files, self.scale.files_bytes)
        section = f"{self.scale.files:,} files, {self.scale.files_bytes // 10**6} MB"
        self.dataset(section, source, FILE_TARGETS)

    def large(self):
        source = self.place / "large"
        datasets.write_large_file(source, self.scale.large_bytes)
        self.dataset(f"one file, {self.scale.large_bytes >> 20} MiB", source, LARGE_TARGETS)

    def dataset(self, section, source, targets):
        self.results.rows += measure_dataset(
            section, source, self.place / "data", [*self.tools, *self.others], targets,
            self.scale.repetitions, self.progress,
        )
        remove(source)

    def stages(self):
        place = self.place / "pipelines"
        for count in self.scale.stages:
            self.results.rows += measure_pipeline(
                place, self.tools, count, PIPELINE_TARGETS.get(count, {}),
                self.scale.repetitions, self.progress,
            )
        for count in self.scale.stages[1:]:
            self.results.own_costs[count] = own_cost(place, self.tools[0], count, self.progress)

    def growth(self):
        self.results.growth_rows = measure_growth(
            self.place, self.tools, self.scale.grown_files, self.scale.grown_stages,
            SCALE_TARGETS, self.growth_repetitions, self.progress,
        )

    def growth_repetitions(self, count):
        """Preparing and comparing takes longer than the operations: fewer runs of the largest."""
        most = 5 if count <= 10_000 else 3 if count <= 100_000 else 1
        return min(self.scale.repetitions, most)

    def memory(self):
        self.results.memory = measure_memory(
            self.place, self.tools[0], self.scale.empty_files, self.progress
        )

    def pipelines(self):
        place = self.place / "pipelines"
        self.results.pipeline_rows = measure_large_pipelines(
            place, self.tools[0], self.scale.stages[-1], self.scale.repetitions, self.progress
        )
        self.results.pipeline_rows += measure_metrics(place, self.tools[0], self.progress)

    def scale_up(self):
        self.results.scale_rows = measure_scale(
            self.place, self.tools[0], self.scale.tiny_files, self.scale.commits,
            min(3, self.scale.repetitions), self.progress,
        )

    def measure(self, sections):
        for section in sections:
            self.progress(f"section {section}")
            SECTIONS[section](self)
        return self.results


# What `--only` names, in the order of running.
SECTIONS = {
    "files": Bench.files, "large": Bench.large, "stages": Bench.stages, "growth": Bench.growth,
    "memory": Bench.memory, "pipelines": Bench.pipelines, "scale": Bench.scale_up,
}


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dvswift", required=True, type=pathlib.Path)
    parser.add_argument("--dvc", required=True, type=pathlib.Path)
    parser.add_argument("--quick", action="store_true", help="smaller data")
    parser.add_argument(
        "--only", type=lambda text: text.split(","), default=SECTIONS, metavar="SECTION,…",
        help="some of: " + ", ".join(SECTIONS),
    )
    parser.add_argument("--without-others", action="store_true", help="dvswift and DVC only")
    parser.add_argument("--report", type=pathlib.Path, help="the file to write")
    return parser.parse_args()


def main():
    arguments = parse()
    start = time.monotonic()

    def progress(text):
        print(f"[{time.monotonic() - start:4.0f} s] {text}", file=sys.stderr, flush=True)

    place = pathlib.Path(tempfile.mkdtemp(prefix="dvswift-bench-"))
    try:
        tools = [
            Tool("dvswift", arguments.dvswift, place / "dvswift-home", DataProject),
            Tool("dvc", arguments.dvc, place / "dvc-home", DataProject),
        ]
        others = [] if arguments.without_others else git_tools(place)
        scale = QUICK if arguments.quick else FULL
        results = Bench(place, tools, others, scale, progress).measure(arguments.only)
    except Failure as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    finally:
        remove(place)
    progress("done")
    print(report.terminal_text(results), end="")
    if arguments.report:
        arguments.report.write_text(report.markdown_text(results))
        picture = arguments.report.with_name("benchmarks.svg")
        picture.write_text(curves.svg(growth_curves(results.growth_rows)))
    return 0


sys.exit(main())
