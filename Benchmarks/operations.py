"""What is measured on a dataset. Each step leaves the project as the next one needs it."""

import contextlib
import dataclasses
import os
import subprocess

from tools import BUDGET, Failure, announced, expect_same, expect_text, remove, shell

CLEAN = "Data and pipelines are up to date."

# What the tables call an operation, whatever the data.
STATUS = "status, nothing changed"
ADD_CHANGED = "add again, one file changed"
CHECKOUT = "checkout after deleting the data"
PUSH = "push to a directory"
PUSH_AGAIN = "push again"
PULL = "pull into an empty cache"

FLOOR = "floor"


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of a table: the samples of the tools by name, with `FLOOR` that of the plain tool `floor_name`."""

    section: str
    operation: str
    seconds: dict
    floor_name: str = ""


def expect_clean(tool, folder, command):
    """Runs `status` or `repro`, which must find nothing to do."""
    result = tool.run(folder, command)
    expect_text(CLEAN, result.output)
    return result


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

    settings = {}

    def __init__(self, tool, source, place):
        self.tool = tool
        self.source = source
        self.folder = place / f"{tool.name}-project"
        self.clone = place / f"{tool.name}-clone"
        self.remote = place / f"{tool.name}-remote"
        self.data = self.folder / "data"

    def create(self):
        self.tool.create_project(self.folder)
        for option, value in self.settings.items():
            self.tool.run(self.folder, "config", option, value)
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
        return expect_clean(self.tool, self.folder, "status")

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
        """In a new clone, whose cache is empty, and which goes at once, as space is scarce."""
        self.tool.git(self.folder, "add", "--all")
        self.tool.git(self.folder, "commit", "--quiet", "--allow-empty", "--message", "pull")
        remove(self.clone)
        self.tool.git(self.folder, "clone", "--quiet", self.folder, self.clone)
        result = self.tool.run(self.clone, "pull")
        expect_same(self.source, self.clone / "data")
        remove(self.clone)
        return result


class PlainCacheProject(DataProject):
    """The same with a cache that compresses nothing; transfers are no matter of it."""

    settings = {"cache.compression": "none"}
    push = push_again = pull = None


# What a plain tool needs on the same data: reading and digesting all of it, copying it, or looking at it.
DIGEST = f"md5sum, {os.cpu_count()} at a time"
COPY = "cp -r"
# Into the cache and into the workspace.
COPY_TWICE = f"{COPY}, twice"
DIGEST_AND_COPY = f"{DIGEST}, and {COPY}"
FIND = "find -size +0"


def digest_script(batch=500):
    return f"find . -type f -print0 | xargs -0 -P{os.cpu_count()} -n{batch} md5sum"


class PlainTools:
    """Takes part like the project of a tool."""

    def __init__(self, source, place):
        self.source = source
        self.copy = place / "floor"
        # A few large files are digested side by side too.
        count = sum(1 for file in source.rglob("*") if file.is_file())
        batch = max(1, min(500, count // os.cpu_count()))
        self.digest_and_copy = f"{digest_script(batch)} > /dev/null && cp -r . '{self.copy}'"

    def shell(self, script):
        remove(self.copy)
        result = shell(self.source, script)
        remove(self.copy)
        return result

    def add(self, repetition):
        return self.shell(self.digest_and_copy)

    def status(self, repetition):
        return self.shell("find . -size +0 > /dev/null")

    def checkout(self, repetition):
        return self.shell(f"cp -r . '{self.copy}'")

    push = checkout

    def pull(self, repetition):
        script = f"mkdir '{self.copy}' && cp -r . '{self.copy}/cache' && cp -r . '{self.copy}/data'"
        return self.shell(script)


@dataclasses.dataclass(frozen=True)
class Operation:
    name: str
    method: str
    floor: str = ""


OPERATIONS = [
    Operation("add", "add", DIGEST_AND_COPY),
    Operation(STATUS, "status", FIND),
    Operation(ADD_CHANGED, "add_changed"),
    Operation(CHECKOUT, "checkout", COPY),
    Operation(PUSH, "push", COPY),
    Operation(PUSH_AGAIN, "push_again"),
    Operation(PULL, "pull", COPY_TWICE),
]


def measure_dataset(
    section, source, place, tools, repetitions, progress, methods=None, budget=BUDGET
):
    """The rows of one dataset: all tools by turns, each operation of `methods` by those that have it."""
    place.mkdir(parents=True)
    projects = {FLOOR: PlainTools(source, place)}
    projects |= {tool.name: tool.project(tool, source, place) for tool in tools}
    rows = []
    for operation in OPERATIONS:
        if methods is not None and operation.method not in methods:
            continue
        measures = {
            name: method for name, project in projects.items()
            if (method := getattr(project, operation.method, None)) is not None
        }
        seconds = announced(
            progress, f"{section}: {operation.name}", repetitions, measures, budget
        )
        rows.append(Row(section, operation.name, seconds, operation.floor))
    remove(place)
    return rows
