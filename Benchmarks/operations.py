"""What is measured on a dataset. Each step leaves the project as the next one needs it."""

import dataclasses
import shutil
import subprocess

from tools import announced, expect_same, expect_text, median_of_shell, remove

CLEAN = "Data and pipelines are up to date."


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table. `floor` is the time of `floor_name`, a plain tool on the same data."""

    section: str
    operation: str
    seconds: dict
    floor: float | None = None
    floor_name: str = ""
    target: float | None = None
    repetitions: int = 1


class DataProject:
    """The project of one tool with a copy of the dataset at `data`."""

    def __init__(self, tool, source, place):
        self.tool = tool
        self.source = source
        self.folder = place / f"{tool.name}-project"
        self.clone = place / f"{tool.name}-clone"
        self.remote = place / f"{tool.name}-remote"
        self.data = self.folder / "data"

    def create(self):
        self.tool.create_project(self.folder)
        subprocess.run(["cp", "-r", self.source, self.data], check=True)

    def add(self, repetition):
        self.create()
        result = self.tool.run(self.folder, "add", "data")
        expect_same(self.source, self.data)
        return result

    def add_changed(self, repetition):
        """Changes one file, in the source too, so that later comparisons see the change."""
        changed = sorted(self.source.glob("*/*"))[repetition].relative_to(self.source)
        for folder in (self.source, self.data):
            (folder / changed).write_text(f"changed for the time {repetition}\n")
        pointer = (self.folder / "data.dvc").read_text()
        result = self.tool.run(self.folder, "add", "data")
        if (self.folder / "data.dvc").read_text() == pointer:
            expect_text("another pointer", pointer)
        expect_same(self.source, self.data)
        return result

    def status(self, repetition):
        result = self.tool.run(self.folder, "status")
        expect_text(CLEAN, result.output)
        return result

    def checkout(self, repetition):
        remove(self.data)
        result = self.tool.run(self.folder, "checkout")
        expect_same(self.source, self.data)
        return result

    def push(self, repetition):
        """A new remote each time, at a new place: nothing remembered about the last one helps."""
        remove(self.remote)
        self.remote = self.remote.with_name(f"{self.tool.name}-remote{repetition}")
        self.tool.run(self.folder, "remote", "add", "-f", "-d", "storage", self.remote)
        return self.push_again(repetition)

    def push_again(self, repetition):
        result = self.tool.run(self.folder, "push")
        cloud = self.tool.run(self.folder, "status", "--cloud")
        expect_text("in sync", cloud.output)
        return result

    def pull(self, repetition):
        """In a new clone, whose cache is empty."""
        self.tool.git(self.folder, "add", "--all")
        self.tool.git(self.folder, "commit", "--quiet", "--allow-empty", "--message", "pull")
        remove(self.clone)
        self.tool.git(self.folder, "clone", "--quiet", self.folder, self.clone)
        result = self.tool.run(self.clone, "pull")
        expect_same(self.source, self.clone / "data")
        return result


@dataclasses.dataclass(frozen=True)
class Operation:
    name: str
    method: str
    repetitions: int
    floor: str | None = None


# What a plain tool needs on the same data: reading and digesting all of it, or copying it.
DIGEST = "md5sum, 2 at a time"
COPY = "cp -r"

# DVC takes 5 to 25 s for push, checkout and pull of the files: two repetitions, against three.
OPERATIONS = [
    Operation("add", "add", 3, DIGEST),
    Operation("status, nothing changed", "status", 3),
    Operation("add again, one file changed", "add_changed", 3),
    Operation("checkout after deleting the data", "checkout", 2, COPY),
    Operation("push to a directory", "push", 2, COPY),
    Operation("push again", "push_again", 3),
    Operation("pull into an empty cache", "pull", 2, COPY),
]


def floors(source, place):
    copy = place / "floor"
    digest = f"find '{source}' -type f -print0 | xargs -0 -P2 -n500 md5sum > /dev/null"
    seconds = {DIGEST: median_of_shell(3, place, digest), COPY: 0.0}
    times = []
    for _ in range(3):
        remove(copy)
        times.append(median_of_shell(1, place, f"cp -r '{source}' '{copy}'"))
    remove(copy)
    seconds[COPY] = sorted(times)[1]
    return seconds


def measure_dataset(section, source, place, tools, targets, limit, progress):
    """The rows of one dataset; `limit` caps the repetitions."""
    place.mkdir(parents=True)
    projects = {tool.name: DataProject(tool, source, place) for tool in tools}
    floor = floors(source, place)
    rows = []
    for operation in OPERATIONS:
        if operation.method == "add_changed" and not source.is_dir():
            continue
        repetitions = min(limit, operation.repetitions)
        seconds = announced(
            progress, f"{section}: {operation.name}", repetitions, tools,
            lambda tool, number: getattr(projects[tool.name], operation.method)(number),
        )
        rows.append(
            Row(
                section, operation.name, seconds, floor.get(operation.floor),
                operation.floor or "", targets.get(operation.method), repetitions,
            )
        )
    subprocess.run(["chmod", "-R", "u+w", place], check=True)
    shutil.rmtree(place)
    return rows
