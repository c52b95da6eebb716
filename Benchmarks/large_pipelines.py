"""Pipelines of very many stages: what it costs to find out that little or nothing is to be done."""

import itertools
import os

from operations import FLOOR, Row
from pipeline import NOTHING, PipelineProject, write_stages
from tools import Failure, announced, remove

TITLE = "large pipelines"

# Counts in a loop for about half a second, on one core.
CPU_BOUND = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done"


class ParameterProject(PipelineProject):
    """One of the stages depends on a parameter."""

    def create(self):
        self.tool.create_project(self.folder)
        write_stages(self.folder, self.count)
        text = (self.folder / "dvc.yaml").read_text()
        text = text.replace("  stage7:\n", "  stage7:\n    params: [rate]\n")
        (self.folder / "dvc.yaml").write_text(text)
        self.rates = itertools.count()
        self.change_rate()
        self.tool.run(self.folder, "repro", "--quiet")

    def change_rate(self):
        (self.folder / "params.yaml").write_text(f"rate: {next(self.rates)}\n")

    def reproduce_changed(self, repetition):
        self.change_rate()
        result = self.tool.run(self.folder, "repro")
        if result.output.count("Running stage") != 1:
            raise Failure(f"not one stage ran:\n{result.output[:2000]}")
        return result


def measure_generated(place, tool, count, repetitions, progress):
    """Loading a dvc.yaml that makes `count` stages of one."""
    folder = place / "generated"
    tool.create_project(folder)
    numbers = ", ".join(map(str, range(count)))
    (folder / "params.yaml").write_text(f"list: [{numbers}]\n")
    (folder / "dvc.yaml").write_text(
        "stages:\n  s:\n    foreach: ${list}\n    do:\n"
        "      cmd: echo ${item} > out${item}\n      outs:\n      - out${item}\n"
    )

    def load(repetition):
        result = tool.run(folder, "stage", "list", "--name-only")
        if len(result.output.split()) != count:
            raise Failure(f"not {count} stages:\n{result.output[:2000]}")
        return result

    operation = f"loading {count:,} stages of one foreach"
    seconds = announced(progress, operation, repetitions, {tool.name: load})
    remove(folder)
    return Row(TITLE, operation, seconds)


def reproduce_jobs(place, tool, jobs):
    """CPU-bound stages that do not depend on each other."""
    folder = place / "parallel"
    tool.create_project(folder)
    stages = "".join(
        f"  s{number}:\n    cmd: '{CPU_BOUND}; echo > out{number}'\n    outs: [out{number}]\n"
        for number in range(8)
    )
    (folder / "dvc.yaml").write_text("stages:\n" + stages)
    result = tool.run(folder, "repro", "--quiet", "-j", str(jobs))
    if sum((folder / f"out{number}").exists() for number in range(8)) != 8:
        raise Failure("not all of the independent stages ran")
    remove(folder)
    return result


JOBS = "repro -j 2 of 8 CPU-bound stages"


def measure_jobs(place, tool, repetitions, progress):
    jobs = min(2, os.cpu_count())
    measures = {
        tool.name: lambda repetition: reproduce_jobs(place, tool, jobs),
        FLOOR: lambda repetition: reproduce_jobs(place, tool, 1),
    }
    return Row(TITLE, JOBS, announced(progress, JOBS, repetitions, measures), "-j 1")


def measure_large_pipelines(place, tool, count, repetitions, progress):
    project = ParameterProject(tool, place, count)
    project.create()
    nothing = announced(
        progress, f"{count:,} stages: nothing to do", repetitions, {tool.name: project.reproduce_again}
    )
    changed = announced(
        progress, f"{count:,} stages: one parameter changed", repetitions,
        {tool.name: project.reproduce_changed},
    )
    remove(project.folder)
    return [
        Row(TITLE, f"{NOTHING}, {count:,} stages", nothing),
        Row(TITLE, f"repro, one parameter changed, {count:,} stages", changed),
        measure_generated(place, tool, 10 * count, repetitions, progress),
        measure_jobs(place, tool, min(2, repetitions), progress),
    ]
