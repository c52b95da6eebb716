"""Stages that do almost nothing, so that the time is the tool's own and that of starting shells."""

import os
import signal
import subprocess
import time

from operations import FLOOR, Row, expect_clean
from tools import Failure, Sample, announced, remove, shell


def write_stages(folder, count):
    stages = ["stages:\n"]
    for number in range(count):
        (folder / f"in_{number}").write_text(f"input {number}\n")
        stages.append(
            f"  stage{number}:\n    cmd: echo {number} > out_{number}\n"
            f"    deps:\n    - in_{number}\n    outs:\n    - out_{number}\n"
        )
    (folder / "dvc.yaml").write_text("".join(stages))


class PipelineProject:
    def __init__(self, tool, place, count):
        self.tool = tool
        self.folder = place / f"{tool.name}-{count}-stages"
        self.count = count

    def reproduce(self, repetition):
        self.prepare()
        result = self.tool.run(self.folder, "repro")
        self.check()
        return result

    def reproduce_by(self, other):
        """The work of the other tool, which this one then takes for its own."""
        self.prepare()
        other.run(self.folder, "repro", "--quiet")
        self.check()
        self.reproduce_again(0)

    def reproduce_for(self, limit):
        """As far as the tool comes in so many seconds: the time of the whole run is at least the answer."""
        self.prepare()
        start = time.time()
        command = [self.tool.binary, "repro", "--quiet"]
        process = subprocess.Popen(
            command, cwd=self.folder, env=self.tool.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )
        try:
            process.wait(limit)
        except subprocess.TimeoutExpired:
            return Sample([self.least_seconds(start, limit)], is_bound=True)
        finally:
            # What is left of it, should the bench be broken off, too.
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if process.returncode != 0:
            raise Failure(f"repro of {self.tool.name} ended with {process.returncode}")
        self.check()
        return Sample([time.time() - start])

    def least_seconds(self, start, limit):
        """Stages take longer and longer: those not done at least as long as the last half of those done."""
        files = [self.folder / f"out_{number}" for number in range(self.count)]
        ends = sorted(file.stat().st_mtime - start for file in files if file.exists())
        if len(ends) < 2:
            return limit
        half = len(ends) // 2
        of_each = (ends[-1] - ends[half - 1]) / (len(ends) - half)
        return ends[-1] + (self.count - len(ends)) * of_each

    def prepare(self):
        self.tool.create_project(self.folder)
        write_stages(self.folder, self.count)

    def check(self):
        for number in range(self.count):
            if (self.folder / f"out_{number}").read_text() != f"{number}\n":
                raise Failure(f"out_{number} of {self.tool.name} is wrong")

    def reproduce_again(self, repetition):
        return expect_clean(self.tool, self.folder, "repro")


class Shells:
    """Starting as many shells as there are stages."""

    def __init__(self, place, count):
        self.folder = place / "shells"
        self.count = count

    def reproduce(self, repetition):
        remove(self.folder)
        self.folder.mkdir(parents=True)
        return shell(self.folder, f"seq {self.count} | xargs -I@ sh -c 'echo @ > out_@'")


# DVC writes all of dvc.lock anew after each stage: 16 s for 100 stages, 8 minutes and more for 1,000.
MOST_STAGES_OF_DVC = 200
# So many seconds it gets to show how fast it would be.
PATIENCE = 90
# Above that it is not even asked whether there is something to do: reading takes minutes.
MOST_STAGES_READ_BY_DVC = 1_000
# Those that the author of Xvc has published figures of.
XVC_STAGES = (10, 100, 1_000)


def stages_title(count):
    return f"{count:,} trivial stages" + (" (Xvc)" if count in XVC_STAGES else "")


def measure_pipeline(place, tools, count, repetitions, progress, patience=PATIENCE):
    """The first run, by DVC too but not longer than `patience`, and the run after it; dvswift is the first tool."""
    section = stages_title(count)
    if count > MOST_STAGES_READ_BY_DVC:
        tools = tools[:1]
    projects = {tool.name: PipelineProject(tool, place, count) for tool in tools}
    able = tools if count <= MOST_STAGES_OF_DVC else tools[:1]
    measures = {FLOOR: Shells(place, count).reproduce}
    measures |= {tool.name: projects[tool.name].reproduce for tool in able}
    first = announced(progress, f"{section}: repro", repetitions, measures)
    for tool in tools[len(able):]:
        first[tool.name] = projects[tool.name].reproduce_for(patience)
        progress(f"    {tool.name}: {'at least ' if first[tool.name].is_bound else ''}{first[tool.name]:.0f} s")
        projects[tool.name].reproduce_by(tools[0])
    nothing = announced(
        progress, f"{section}: nothing to do", repetitions,
        {name: project.reproduce_again for name, project in projects.items()},
    )
    for project in projects.values():
        remove(project.folder)
    return [
        Row(section, REPRO, first, "as many shells"), Row(section, NOTHING, nothing),
    ]


REPRO = "repro"
NOTHING = "repro, nothing to do"
