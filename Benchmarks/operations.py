"""What is measured on a dataset. Each step leaves the project as the next one needs it."""

import contextlib
import dataclasses
import os
import shutil
import subprocess

from tools import Failure, Sample, announced, expect_same, expect_text, remove, run

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


@contextlib.contextmanager
def expect_restored(source, data, text):
    """One file of `data` has another content inside, and that of `source` again afterwards."""
    changed = data / min(source.glob("*/*")).relative_to(source)
    content = changed.read_bytes()
    changed.write_text(text)
    yield
    if changed.read_text() != text:
        raise Failure(f"{changed} was changed")
    changed.write_bytes(content)


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
        """Adding the old content again must give the old pointer."""
        pointer = (self.folder / "data.dvc").read_text()
        with expect_restored(self.source, self.data, f"changed for the time {repetition}\n"):
            result = self.tool.run(self.folder, "add", "data")
            if (self.folder / "data.dvc").read_text() == pointer:
                expect_text("another pointer", pointer)
        self.tool.run(self.folder, "add", "data")
        expect_text(pointer, (self.folder / "data.dvc").read_text())
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
    floor: str | None = None


# What a plain tool needs on the same data: reading and digesting all of it, or copying it.
DIGEST = f"md5sum, {os.cpu_count()} at a time"
COPY = "cp -r"
FIND = "find -size +0"

OPERATIONS = [
    Operation("add", "add", DIGEST),
    Operation("status, nothing changed", "status", FIND),
    Operation("add again, one file changed", "add_changed"),
    Operation("checkout after deleting the data", "checkout", COPY),
    Operation("push to a directory", "push", COPY),
    Operation("push again", "push_again"),
    Operation("pull into an empty cache", "pull", COPY),
]


def floors(source, place, repetitions):
    """The plain tools on the same data, each after an `rm` of what it made: name, sample."""
    copy = place / "floor"
    scripts = {
        DIGEST: f"find '{source}' -type f -print0 | xargs -0 -P{os.cpu_count()} -n500 md5sum > /dev/null",
        FIND: f"find '{source}' -size +0 > /dev/null",
        COPY: f"cp -r '{source}' '{copy}'",
    }
    seconds = {}
    for name, script in scripts.items():
        runs = []
        for _ in range(repetitions):
            remove(copy)
            runs.append(run(["bash", "-c", script], place).seconds)
        seconds[name] = Sample(runs)
    remove(copy)
    return seconds


def measure_dataset(section, source, place, tools, targets, repetitions, progress):
    """The rows of one dataset: all tools by turns, each operation by those that have it."""
    place.mkdir(parents=True)
    projects = {tool.name: tool.project(tool, source, place) for tool in tools}
    floor = floors(source, place, repetitions)
    rows = []
    for operation in OPERATIONS:
        if operation.method == "add_changed" and not source.is_dir():
            continue
        able = [tool for tool in tools if hasattr(projects[tool.name], operation.method)]
        seconds = announced(
            progress, f"{section}: {operation.name}", repetitions, able,
            lambda tool, number: getattr(projects[tool.name], operation.method)(number),
        )
        rows.append(
            Row(
                section, operation.name, seconds, floor.get(operation.floor),
                operation.floor or "", targets.get(operation.method),
            )
        )
    subprocess.run(["chmod", "-R", "u+w", place], check=True)
    shutil.rmtree(place)
    return rows
