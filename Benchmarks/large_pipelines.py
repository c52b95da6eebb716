"""Pipelines of very many stages: what it costs to find out that little or nothing is to be done."""

import itertools
import os

from operations import CLEAN
from pipeline import PipelineProject, write_stages
from scale import ScaleRow, median_run
from tools import Failure, expect_text, remove

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

    def reproduce_changed(self):
        self.change_rate()
        result = self.tool.run(self.folder, "repro")
        if result.output.count("Running stage") != 1:
            raise Failure(f"not one stage ran:\n{result.output[:2000]}")
        return result

    def nothing(self):
        result = self.tool.run(self.folder, "repro")
        expect_text(CLEAN, result.output)
        return result


def measure_generated(place, tool, count, repetitions):
    """Loading a dvc.yaml that makes `count` stages of one."""
    folder = place / "generated"
    tool.create_project(folder)
    numbers = ", ".join(map(str, range(count)))
    (folder / "params.yaml").write_text(f"list: [{numbers}]\n")
    (folder / "dvc.yaml").write_text(
        "stages:\n  s:\n    foreach: ${list}\n    do:\n"
        "      cmd: echo ${item} > out${item}\n      outs:\n      - out${item}\n"
    )

    def load():
        result = tool.run(folder, "stage", "list", "--name-only")
        if len(result.output.split()) != count:
            raise Failure(f"not {count} stages:\n{result.output[:2000]}")
        return result

    seconds, peak = median_run(repetitions, load)
    remove(folder)
    return seconds, peak


def measure_jobs(place, tool, jobs):
    """Seconds of CPU-bound stages that do not depend on each other."""
    folder = place / "parallel"
    tool.create_project(folder)
    stages = "".join(
        f"  s{number}:\n    cmd: '{CPU_BOUND}; echo > out{number}'\n    outs: [out{number}]\n"
        for number in range(8)
    )
    (folder / "dvc.yaml").write_text("stages:\n" + stages)
    result = tool.run(folder, "repro", "--quiet", "-j", str(jobs))
    remove(folder)
    return result


def measure_large_pipelines(place, tool, count, repetitions, progress):
    progress(f"{count} stages: nothing to do, one parameter changed")
    project = ParameterProject(tool, place, count)
    project.create()
    nothing, nothing_peak = median_run(repetitions, project.nothing)
    changed, changed_peak = median_run(repetitions, project.reproduce_changed)
    remove(project.folder)
    progress(f"{10 * count} generated stages: load")
    load, load_peak = measure_generated(place, tool, 10 * count, repetitions)
    progress("independent stages: one job and two")
    one, two = measure_jobs(place, tool, 1), measure_jobs(place, tool, min(2, os.cpu_count()))
    return [
        ScaleRow(f"repro, nothing to do, {count:,} stages", nothing, nothing_peak, limit=0.1),
        ScaleRow(f"repro, one parameter changed, {count:,} stages", changed, changed_peak, limit=0.1),
        ScaleRow(f"loading {10 * count:,} stages of one foreach", load, load_peak, limit=1),
        ScaleRow(
            "repro -j 2 of 8 CPU-bound stages", two.seconds, two.peak_bytes,
            one.seconds, "-j 1", target=1 / 1.8,
        ),
    ]
