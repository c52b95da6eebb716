"""What every run of a command costs before it does anything, and the size of the binary."""

import shutil
import subprocess

from operations import Row, expect_clean
from tools import announced, expect_text

TITLE = "start-up"
VERSION = "`--version`"
STATUS = "status of a project of 10 files"


class SmallProject:
    def __init__(self, place, tool):
        self.tool = tool
        self.folder = place / f"{tool.name}-small"

    def create(self):
        self.tool.create_project(self.folder)
        data = self.folder / "data"
        data.mkdir()
        for number in range(10):
            (data / f"{number}.txt").write_text(f"{number}\n")
        self.tool.run(self.folder, "add", "data")

    def version(self, repetition):
        result = self.tool.run(self.folder, "--version")
        expect_text(".", result.output)
        return result

    def status(self, repetition):
        return expect_clean(self.tool, self.folder, "status")


def measure_startup(place, tools, others, repetitions, progress):
    projects = {tool.name: SmallProject(place, tool) for tool in tools}
    for project in projects.values():
        project.create()
    versions = {name: project.version for name, project in projects.items()}
    versions |= {tool.name: lambda _, tool=tool: tool.run(place, "--version") for tool in others}
    statuses = {name: project.status for name, project in projects.items()}
    return [
        Row(TITLE, VERSION, announced(progress, VERSION, repetitions, versions)),
        Row(TITLE, STATUS, announced(progress, STATUS, repetitions, statuses)),
    ]


def stripped_bytes(place, binary):
    """The size as `make install` strips it, None without `strip`."""
    if shutil.which("strip") is None:
        return None
    stripped = place / "stripped"
    subprocess.run(["strip", "-o", stripped, binary], check=True)
    return stripped.stat().st_size
