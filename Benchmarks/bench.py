#!/usr/bin/env python3
"""Measures dvswift beside other tools and the floor, and writes the report. See docs/BENCHMARKS.md."""

import argparse
import dataclasses
import pathlib
import pickle
import signal
import subprocess
import sys
import tempfile
import time
import typing

import curves
import recipes
import report
import space
from git_tools import git_tools
from growth import growth_curves, measure_files
from image import fair_place
from large_pipelines import measure_large_pipelines
from memory import measure_memory
from metrics import measure_log, measure_metrics
from operations import DataProject, PlainCacheProject
from pipeline import measure_pipeline
from profiles import measure_profiles
from scale import measure_scale
from startup import measure_startup, stripped_bytes
from tools import Failure, Tool, remove, remove_many


@dataclasses.dataclass(frozen=True)
class Scale:
    dud_files: int
    dud_large_bytes: int
    xvc_files: int
    imagenet_bytes: int
    growing_files: tuple
    growing_stages: tuple
    many_files: int
    empty_files: int
    commits: int
    profiled_files: int
    repetitions: int
    # Seconds that DVC gets for the most stages it runs.
    patience: int


FULL = Scale(
    20_000, 4_000_000_000, 15_000, 1_000_000_000, (1_000, 10_000, 100_000), (10, 100, 1_000, 10_000),
    1_000_000, 10_000_000, 1_000, 20_000, 5, 90,
)
QUICK = Scale(
    500, 100_000_000, 500, 55_000_000, (1_000,), (10, 100), 10_000, 100_000, 100, 500, 1, 10,
)
# Says nothing of speed.
TINY = Scale(
    50, 8_000_000, 100, 5_500_000, (10, 100), (10, 250), 3_000, 3_000, 10, 100, 2, 5,
)


@dataclasses.dataclass
class Results:
    """Of sections by name: their rows, or why they were left out."""

    machine: dict
    versions: dict
    rows: dict = dataclasses.field(default_factory=dict)
    left_out: dict = dataclasses.field(default_factory=dict)
    minutes: float = 0
    stripped: int | None = None
    profiles: list = dataclasses.field(default_factory=list)

    def all_rows(self, *groups):
        """Of sections in these groups, or of all."""
        return [
            row for name, rows in self.rows.items() for row in rows
            if not groups or name.split("-")[0] in groups
        ]


@dataclasses.dataclass(frozen=True)
class Section:
    """`minutes` is about what it takes at full scale; `measure` answers the rows. `--only` names it or its group."""

    name: str
    minutes: float
    need: space.Need
    measure: typing.Callable

    def is_named(self, names):
        return self.name in names or self.name.split("-")[0] in names


class Bench:
    """What can be measured at a scale. Each section has a folder of its own, which is removed at its end."""

    def __init__(self, place, tools, others, scale, progress):
        self.place = place
        self.tools = tools
        self.others = others
        self.ours = tools[0]
        self.scale = scale
        self.progress = progress
        self.free = space.free_space(place)
        self.has_failed = False
        self.results = Results(
            report.machine(place), {tool.name: tool.version() for tool in tools}
        )

    def sections(self):
        """In the order of running: what the targets are about first, what may be left out last."""
        yield Section("startup", 0.2, space.NOTHING, self.startup)
        for count, minutes in zip(self.scale.growing_files, (0.8, 2, 5.5)):
            need = space.small_files_need(count, 12)
            yield Section(f"growth-{count}", minutes, need, lambda count=count: self.growth(count))
        for count, minutes in zip(self.scale.growing_stages, (0.3, 0.8, 3, 1.2)):
            need = space.small_files_need(4 * count, 2)
            yield Section(f"stages-{count}", minutes, need, lambda count=count: self.stages(count))
        yield self.recipe(2.5, recipes.dud_many, self.scale.dud_files)
        yield self.recipe(4.5, recipes.dud_large, self.scale.dud_large_bytes)
        yield self.recipe(4, recipes.xvc_files, self.scale.xvc_files)
        need = space.small_files_need(self.scale.many_files, 5)
        yield Section("scale", 7, need, self.many_files)
        yield Section("pipelines", 0.6, space.NOTHING, self.pipelines)
        need = space.small_files_need(3 * self.scale.profiled_files, 6)
        yield Section("profiles", 1.1, need, self.profiles)
        need = space.Need(self.scale.empty_files * 400, self.scale.empty_files + 100_000)
        yield Section("memory", 5.5, need, self.memory)
        yield self.recipe(1.3, recipes.imagenet, self.scale.imagenet_bytes)

    def recipe(self, minutes, make, size):
        """`make` makes it of a size, which shrinks to the room there is, if that is still worth measuring."""
        recipe = make(size)
        participants = 2 + sum(tool.name in recipe.participants for tool in self.others)
        share = self.free.size / space.dataset_need(recipe, participants).size
        if recipes.LEAST_SHARE <= share < 1:
            recipe = make(int(size * share))
        need = space.dataset_need(recipe, participants)
        return Section(
            f"recipes-{recipe.name}", minutes, need, lambda: self.measure_recipe(recipe)
        )

    def measure_recipe(self, recipe):
        return recipes.measure_recipe(
            self.folder, recipe, [*self.tools, *self.others], self.scale.repetitions, self.progress
        )

    def startup(self):
        self.results.stripped = stripped_bytes(self.folder, self.ours.binary)
        git = [tool for tool in self.others if tool.name == "git"]
        repetitions = 4 * self.scale.repetitions
        return measure_startup(self.folder, self.tools, git, repetitions, self.progress)

    def growth(self, count):
        """Preparing and comparing takes longer than the operations: fewer runs of the largest."""
        repetitions = min(self.scale.repetitions, 5 if count <= 10_000 else 3)
        return measure_files(self.folder, self.tools, count, repetitions, self.progress)

    def stages(self, count):
        repetitions = min(self.scale.repetitions, 5 if count <= 1_000 else 1)
        return measure_pipeline(
            self.folder, self.tools, count, repetitions, self.progress, self.scale.patience
        )

    def many_files(self):
        repetitions = min(3, self.scale.repetitions)
        return measure_scale(
            self.folder, self.ours, self.scale.many_files, repetitions, self.progress
        )

    def pipelines(self):
        count = min(1_000, self.scale.growing_stages[-1])
        return [
            *measure_large_pipelines(
                self.folder, self.ours, count, self.scale.repetitions, self.progress
            ),
            *measure_metrics(self.folder, self.ours, self.progress),
            measure_log(self.folder, self.ours, self.scale.commits, self.progress),
        ]

    def profiles(self):
        self.results.profiles = measure_profiles(
            self.folder, self.ours, self.scale.profiled_files, self.progress
        )
        return []

    def memory(self):
        return measure_memory(
            self.folder, self.ours, self.scale.empty_files, self.scale.repetitions, self.progress
        )

    def measure(self, sections, limit, save):
        """What is left when the time is up, has no room or fails is left out, and the report says so."""
        start = time.monotonic()
        for section in sections:
            began = time.monotonic()
            minutes = (began - start) / 60
            if not section.need.fits(self.free):
                reason = f"it needs {section.need} of the disk; free are {self.free}"
            elif minutes + section.minutes > limit:
                reason = f"{minutes:.0f} of {limit:g} minutes were over, and it takes {section.minutes:g}"
            else:
                reason = self.measure_section(section)
            self.results.minutes += (time.monotonic() - began) / 60
            if reason:
                self.progress(f"section {section.name} is left out: {reason}")
                self.results.left_out[section.name] = reason.splitlines()[0]
            save(self.results)

    def measure_section(self, section):
        """Why it was not measured, None if it was."""
        self.progress(f"section {section.name}")
        start = time.monotonic()
        self.folder = self.place / section.name
        self.folder.mkdir()
        try:
            self.results.rows[section.name] = section.measure()
            self.results.left_out.pop(section.name, None)
        except (Failure, OSError, ValueError, LookupError, subprocess.CalledProcessError) as failure:
            self.has_failed = True
            return f"it failed: {failure}"
        finally:
            remove_many(self.folder)
        self.progress(f"section {section.name} took {time.monotonic() - start:.0f} s")
        return None


GROUPS = ("startup", "growth", "stages", "recipes", "scale", "pipelines", "profiles", "memory")


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dvswift", required=True, type=pathlib.Path)
    parser.add_argument("--dvc", required=True, type=pathlib.Path)
    parser.add_argument("--quick", action="store_const", const=QUICK, dest="scale", help="smaller data")
    parser.add_argument(
        "--tiny", action="store_const", const=TINY, dest="scale",
        help="hardly any data, to try the bench itself",
    )
    parser.add_argument(
        "--only", type=lambda text: text.split(","), metavar="SECTION,…",
        help="some of " + ", ".join(GROUPS) + ", or a part, such as growth-1000 or recipes-dud_large",
    )
    parser.add_argument("--list", action="store_true", help="print the sections and what they need")
    parser.add_argument("--without-others", action="store_true", help="dvswift and DVC only")
    parser.add_argument(
        "--minutes", type=float, default=40, help="start no section that would take longer (40)"
    )
    parser.add_argument("--report", type=pathlib.Path, help="the file to write")
    parser.add_argument(
        "--resume", type=pathlib.Path, metavar="FILE",
        help="keep the results of finished sections there, and measure only the others",
    )
    parser.set_defaults(scale=FULL)
    return parser.parse_args()


def chosen(sections, only, finished):
    """Those that were named, or all that are not finished."""
    if only is None:
        return [section for section in sections if section.name not in finished]
    sections = [section for section in sections if section.is_named(only)]
    unknown = [name for name in only if not any(section.is_named([name]) for section in sections)]
    if unknown:
        raise Failure(f"no such section: {', '.join(unknown)}; --list prints them all")
    return sections


def make_bench(arguments, place, progress):
    tools = [
        Tool("dvswift", arguments.dvswift, place / "dvswift-home", DataProject),
        Tool("dvc", arguments.dvc, place / "dvc-home", DataProject),
    ]
    others = [Tool("plain", arguments.dvswift, place / "plain-home", PlainCacheProject)]
    if not arguments.without_others:
        others += git_tools(place)
    bench = Bench(place, tools, others, arguments.scale, progress)
    if arguments.resume and arguments.resume.exists():
        bench.results = pickle.loads(arguments.resume.read_bytes())
    return bench


def check_space(bench, sections):
    """Says what is needed; fails when there is no room for anything."""
    most = max(sections, key=lambda section: section.need.size, default=None)
    if most is None:
        raise Failure("all sections are finished")
    bench.progress(f"free: {bench.free}; {most.name} needs most: {most.need}")
    if not any(section.need.fits(bench.free) for section in sections):
        raise Failure(f"no room in {tempfile.gettempdir()}; TMPDIR names another place")


def write_report(file, results):
    file.write_text(report.markdown_text(results))
    grown = growth_curves(results.all_rows("growth", "stages", "scale"))
    file.with_name("benchmarks.svg").write_text(curves.svg(grown))


def run_bench(arguments, place, progress):
    bench = make_bench(arguments, place, progress)
    sections = chosen(list(bench.sections()), arguments.only, bench.results.rows)
    if arguments.list:
        for section in sections:
            print(f"{section.name}: about {section.minutes:g} minutes, {section.need}")
        return True
    check_space(bench, sections)

    def save(results):
        if arguments.resume:
            arguments.resume.write_bytes(pickle.dumps(results))
        if arguments.report:
            write_report(arguments.report, results)

    bench.measure(sections, arguments.minutes, save)
    progress("done")
    print(report.terminal_text(bench.results), end="")
    return not bench.has_failed


def main():
    arguments = parse()
    start = time.monotonic()

    def progress(text):
        print(f"[{time.monotonic() - start:4.0f} s] {text}", file=sys.stderr, flush=True)

    # Ends as after an interruption: what was measured is reported, everything else removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    place = pathlib.Path(tempfile.mkdtemp(prefix="dvswift-bench-"))
    try:
        with fair_place(place, progress) as work:
            return 0 if run_bench(arguments, work, progress) else 1
    except Failure as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    finally:
        remove(place)


if __name__ == "__main__":
    sys.exit(main())
