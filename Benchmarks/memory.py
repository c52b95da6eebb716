"""Very many empty files, whose listing is all there is to hold: time and peak of memory."""

from datasets import write_empty_files
from operations import CLEAN, FIND, FLOOR, STATUS, Row, expect_clean
from tools import Failure, announced, expect_text, remove_many, shell


def empty_title(count):
    return f"{count:,} empty files"


class EmptyFiles:
    def __init__(self, place, tool, count):
        self.folder = place / "empty-files"
        self.tool = tool
        self.count = count

    def create(self):
        self.tool.create_project(self.folder)
        write_empty_files(self.folder / "data", self.count)

    def add(self, repetition):
        result = self.tool.run(self.folder, "add", "data")
        expect_text(f"nfiles: {self.count}\n", (self.folder / "data.dvc").read_text())
        return result

    def status(self, repetition):
        return expect_clean(self.tool, self.folder, "status")

    def status_missing(self):
        """That a file is gone must be seen, too."""
        (self.folder / "data" / "0000" / "007").unlink()
        if CLEAN in self.tool.run(self.folder, "status").output:
            raise Failure("status does not miss the file that was removed")

    def find(self, repetition):
        return shell(self.folder / "data", "find . -size +0 > /dev/null")


def measure_memory(place, tool, count, repetitions, progress):
    """Rows of add and status of `count` empty files."""
    title = empty_title(count)
    project = EmptyFiles(place, tool, count)
    progress(f"{title}: create")
    project.create()
    added = announced(progress, f"{title}: add", 1, {tool.name: project.add})
    measures = {tool.name: project.status, FLOOR: project.find}
    unchanged = announced(progress, f"{title}: status", min(2, repetitions), measures)
    project.status_missing()
    progress(f"{title}: remove")
    remove_many(project.folder)
    return [Row(title, "add", added), Row(title, STATUS, unchanged, FIND)]
