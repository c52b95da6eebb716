"""Stages that do almost nothing, so that the time is the tool's own and that of starting shells."""

from operations import CLEAN, Row
from tools import Failure, announced, expect_text, median_of_shell, remove


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

    def prepare(self):
        self.tool.create_project(self.folder)
        write_stages(self.folder, self.count)

    def check(self):
        for number in range(self.count):
            if (self.folder / f"out_{number}").read_text() != f"{number}\n":
                raise Failure(f"out_{number} of {self.tool.name} is wrong")

    def reproduce_again(self, repetition):
        result = self.tool.run(self.folder, "repro")
        expect_text(CLEAN, result.output)
        return result


def shells(place, count):
    """Starting as many shells as there are stages."""
    folder = place / "shells"
    remove(folder)
    folder.mkdir(parents=True)
    return median_of_shell(3, folder, f"seq {count} | xargs -I@ sh -c 'echo @ > out_@'")


# DVC writes all of dvc.lock anew after each stage: 16 s for 100 stages, 8 minutes and more for 1,000.
MOST_STAGES_OF_DVC = 200
# Above that it is not even asked whether there is something to do: reading takes minutes.
MOST_STAGES_READ_BY_DVC = 1_000


def measure_pipeline(place, tools, count, targets, repetitions, progress):
    """The first run, by DVC too unless it would take too long, and the run after it."""
    section = f"{count:,} trivial stages"
    if count > MOST_STAGES_READ_BY_DVC:
        tools = tools[:1]
    projects = {tool.name: PipelineProject(tool, place, count) for tool in tools}
    floor = shells(place, count)
    first = tools if count <= MOST_STAGES_OF_DVC else tools[:1]
    seconds = announced(
        progress, f"{section}: repro", repetitions, first,
        lambda tool, number: projects[tool.name].reproduce(number),
    )
    for tool in tools[len(first):]:
        projects[tool.name].reproduce_by(first[0])
    nothing = announced(
        progress, f"{section}: nothing to do", repetitions, tools,
        lambda tool, number: projects[tool.name].reproduce_again(number),
    )
    for project in projects.values():
        remove(project.folder)
    return [
        Row(section, "repro", seconds, floor, "as many shells", targets.get("repro")),
        Row(section, "repro, nothing to do", nothing, target=targets.get("nothing")),
    ]


def own_cost(place, tool, count, progress):
    """Seconds of dvswift for each stage, without the shell that every stage starts."""
    progress(f"{count} stages: own cost of {tool.name}")
    project = PipelineProject(tool, place, count)
    return (project.reproduce(0).seconds - shells(place, count)) / count
