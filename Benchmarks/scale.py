"""A million files and more: every operation with its peak memory, beside Git's view of the same files and plain tools."""

import hashlib
import json
import re
import subprocess

from datasets import FILES_PER_PART, line_text, write_line_files
from growth import files_title
from operations import (
    ADD_CHANGED, CHECKOUT, COPY, COPY_TWICE, DIGEST, DIGEST_AND_COPY, FIND, FLOOR, PULL, PUSH, PUSH_AGAIN, STATUS, Row,
    digest_script, expect_clean,
)
from tools import Failure, announced, expect_text, remove, remove_many, run, shell

CHANGED = "0000/007.txt"
# What is changed for `add` and `commit`: a file in each of the first folders.
CHANGES = 10


def tree_digest(folder):
    """One digest of all names and contents."""
    return shell(folder, f"{digest_script()} | LC_ALL=C sort | md5sum").output


class GitIndex:
    """A Git repository that tracks the same files; the blobs are not stored, which status does not need."""

    def __init__(self, place, tool, data, count):
        self.folder = place / "scale.git"
        self.tool = tool
        self.data = data
        self.count = count

    def command(self, *arguments):
        return ["git", f"--git-dir={self.folder}", f"--work-tree={self.data}", *arguments]

    def start(self, *arguments, **options):
        return subprocess.Popen(
            self.command(*arguments), cwd=self.data, env=self.tool.environment, text=True, **options
        )

    def git(self, *arguments):
        with self.start(*arguments, stdout=subprocess.PIPE) as process:
            output, _ = process.communicate()
        if process.returncode != 0:
            raise Failure(f"git {arguments} ended with {process.returncode}")
        return output.strip()

    def create(self):
        """Index and trees as `git add` and `git commit` make them."""
        subprocess.run(["git", "init", "--quiet", "--bare", self.folder], check=True)
        self.git("config", "core.bare", "false")
        with self.start("update-index", "--index-info", stdin=subprocess.PIPE) as index:
            for number in range(self.count):
                text = line_text(number)
                digest = hashlib.sha1(b"blob %d\0" % len(text) + text).hexdigest()
                name = f"{number // FILES_PER_PART:04}/{number % FILES_PER_PART:03}.txt"
                index.stdin.write(f"100644 {digest}\t{name}\n")
        self.git("update-index", "--refresh", "-q")
        tree = self.git("write-tree", "--missing-ok")
        commit = self.git("commit-tree", tree, "-m", "data")
        self.git("update-ref", "HEAD", commit)

    def status(self, *changed):
        result = run(self.command("status", "--short"), self.data, self.tool.environment)
        found = [line[3:] for line in result.output.splitlines()]
        if found != list(changed):
            raise Failure(f"git status says:\n{result.output[:2000]}")
        return result


class LargeProject:
    """A project with very many tracked files. Each step leaves it as the next one needs it."""

    def __init__(self, place, tool, count):
        self.place = place
        self.folder = place / "scale"
        self.data = self.folder / "data"
        self.clone = place / "scale-clone"
        self.remote = place / "scale-remote"
        self.tool = tool
        self.count = count
        parts = min(CHANGES, max(1, count // FILES_PER_PART))
        self.some = [
            self.data / f"{number % parts:04}" / f"{number // parts:03}.txt"
            for number in range(CHANGES)
        ]

    def create(self):
        self.tool.create_project(self.folder)
        write_line_files(self.data, self.count)
        self.digest = tree_digest(self.data)

    def run(self, *arguments):
        return self.tool.run(self.folder, *arguments)

    def pointer(self):
        return (self.folder / "data.dvc").read_text()

    def expect_files(self):
        found = re.search(r"nfiles: (\d+)", self.pointer())
        if not found or int(found[1]) != self.count:
            raise Failure(f"not {self.count} files in:\n{self.pointer()}")

    def expect_data(self, folder):
        if tree_digest(folder) != self.digest:
            raise Failure(f"{folder} does not have the data")

    def add(self, repetition):
        result = self.run("add", "data")
        self.expect_files()
        self.first_pointer = self.pointer()
        self.tool.git(self.folder, "commit", "--quiet", "--message", "data")
        return result

    def add_again(self, repetition):
        result = self.run("add", "data")
        expect_text(self.first_pointer, self.pointer())
        return result

    def status(self, repetition):
        return expect_clean(self.tool, self.folder, "status")

    def record_changed(self, files, repetition, *command):
        """Records other contents of some files, and the old ones again."""
        contents = {file: file.read_bytes() for file in files}
        for file in files:
            file.write_text(f"{file.name} changed for the time {repetition}\n")
        result = self.run(*command)
        self.expect_files()
        if self.pointer() == self.first_pointer:
            expect_text("another pointer", self.pointer())
        for file, content in contents.items():
            file.write_bytes(content)
        self.add_again(repetition)
        return result

    def add_changed(self, repetition):
        return self.record_changed(self.some[:1], repetition, "add", "data")

    def add_some_changed(self, repetition):
        return self.record_changed(self.some, repetition, "add", "data")

    def commit(self, repetition):
        return self.record_changed(self.some, repetition, "commit", "--force")

    def change_one(self):
        self.old_content = (self.data / CHANGED).read_bytes()
        (self.data / CHANGED).write_text("changed\n")

    def restore_one(self):
        (self.data / CHANGED).write_bytes(self.old_content)
        self.add_again(0)

    def diff(self, repetition):
        result = self.run("diff", "--json")
        changed = [change["path"] for change in json.loads(result.output)["modified"]]
        if changed != ["data/", f"data/{CHANGED}"]:
            raise Failure(f"diff says: {result.output[:2000]}")
        return result

    def data_status(self, repetition):
        result = self.run("data", "status", "--granular", "--json")
        changed = json.loads(result.output)["uncommitted"]["modified"]
        if changed != ["data/", f"data/{CHANGED}"]:
            raise Failure(f"data status says: {result.output[:2000]}")
        return result

    def checkout(self, repetition):
        remove_many(self.data)
        result = self.run("checkout")
        self.expect_data(self.data)
        return result

    def push(self, repetition):
        self.run("remote", "add", "-f", "-d", "storage", self.remote)
        return self.push_again(repetition)

    def push_again(self, repetition):
        result = self.run("push")
        expect_text("in sync", self.run("status", "--cloud").output)
        return result

    def pull(self, repetition):
        self.tool.git(self.folder, "add", "--all")
        self.tool.git(self.folder, "commit", "--quiet", "--allow-empty", "--message", "pull")
        self.tool.git(self.folder, "clone", "--quiet", self.folder, self.clone)
        result = self.tool.run(self.clone, "pull")
        self.expect_data(self.clone / "data")
        remove_many(self.clone)
        return result

    def collect_changed(self):
        """What the changes before have left must not be counted among what goes."""
        self.run("gc", "--workspace", "--force")

    def collect(self, repetition):
        """An object that nothing needs is put there first, and must be all that goes."""
        unused = self.folder / "unused"
        unused.write_text("of no use\n")
        self.run("add", "--quiet", "unused")
        self.run("remove", "--quiet", "unused.dvc")
        unused.unlink()
        result = self.run("gc", "--workspace", "--force", "--json")
        # A warning comes first, on the other stream.
        removed = json.loads(result.output[result.output.index("{"):])["cache"]
        if len(removed) != 1:
            raise Failure(f"gc says: {result.output[:2000]}")
        return result

    def verify_quick(self, repetition):
        return self.verify(repetition, "--quick")

    def verify(self, repetition, *flags):
        result = self.run("verify", *flags)
        expect_text(f"Verified {self.count + 1} objects", result.output)
        expect_text("all intact", result.output)
        return result

    def on_data(self, script):
        return lambda repetition: shell(self.data, script)

    def on_cache(self, script):
        return lambda repetition: shell(self.folder / ".dvc" / "cache", script)

    def copied(self, *before, times=1):
        """`cp -r` of the data, after other commands."""
        copy = self.place / "scale-copy"
        copies = [f"cp -r . '{copy}/{number}'" for number in range(times)]

        def measure(repetition):
            result = shell(self.data, " && ".join([*before, f"mkdir '{copy}'", *copies]))
            remove_many(copy)
            return result

        return measure

    def remove(self):
        remove_many(self.folder)


class Rows:
    """Rows of one table, measured as they are added; `limit` caps the repetitions."""

    def __init__(self, title, tool, limit, progress):
        self.title = title
        self.tool = tool
        self.limit = limit
        self.progress = progress
        self.rows = []
        self.copy = None

    def measure(self, operation, ours, floor_name="", floor=None, git=None, most=5):
        # Copying takes long, and is the same for all.
        known = {FLOOR: self.copy} if floor_name == COPY and self.copy else {}
        measures = {self.tool.name: ours}
        measures |= {FLOOR: floor} if floor and not known else {}
        measures |= {"git": git} if git else {}
        repetitions = min(self.limit, most)
        title = f"{self.title}: {operation}"
        seconds = announced(self.progress, title, repetitions, measures) | known
        if floor_name == COPY:
            self.copy = seconds[FLOOR]
        self.rows.append(Row(self.title, operation, seconds, floor_name))


def measure_unchanged(rows, project, git):
    find = project.on_data("find . -size +0 > /dev/null")

    def git_status(repetition):
        return git.status()

    rows.measure(STATUS, project.status, FIND, find, git_status)
    rows.measure(ADD_AGAIN, project.add_again, FIND, find, git_status)


def measure_changed(rows, project, git):
    def git_status(repetition):
        return git.status(CHANGED)

    project.change_one()
    rows.measure(DIFF, project.diff, git=git_status)
    rows.measure(DATA_STATUS, project.data_status, git=git_status)
    project.restore_one()
    rows.measure(ADD_CHANGED, project.add_changed)
    rows.measure(f"add again, {CHANGES} files changed", project.add_some_changed)
    rows.measure(f"commit, {CHANGES} files changed", project.commit)


def measure_transfers(rows, project):
    rows.measure(PUSH, project.push, COPY, project.copied(), most=1)
    rows.measure(PUSH_AGAIN, project.push_again)
    rows.measure(PULL, project.pull, COPY_TWICE, project.copied(times=2), most=1)
    remove_many(project.remote)


def measure_objects(rows, project):
    project.collect_changed()
    rows.measure(COLLECT, project.collect, "find", project.on_cache("find . > /dev/null"))
    find = project.on_cache("find . -size +0 > /dev/null")
    rows.measure(VERIFY_QUICK, project.verify_quick, FIND, find)
    digest = project.on_cache(f"{digest_script()} > /dev/null")
    # Both are to find the objects in memory, which the copies before may have pushed out.
    digest(0)
    rows.measure(VERIFY, project.verify, DIGEST, digest, most=1)


ADD_AGAIN = "add again, nothing changed"
DIFF = "diff, one file changed"
DATA_STATUS = "data status --granular, one file changed"
COLLECT = "gc -w, one unused object"
VERIFY_QUICK = "verify --quick"
VERIFY = "verify"


def measure_scale(place, tool, count, limit, progress):
    project = LargeProject(place, tool, count)
    git = GitIndex(place, tool, project.data, count)
    rows = Rows(files_title(count), tool, limit, progress)
    progress(f"{rows.title}: create")
    project.create()
    floor = project.copied(f"{digest_script()} > /dev/null")
    rows.measure("add", project.add, DIGEST_AND_COPY, floor, most=1)
    progress(f"{rows.title}: a Git repository that tracks them")
    git.create()
    measure_unchanged(rows, project, git)
    measure_changed(rows, project, git)
    remove(git.folder)
    measure_transfers(rows, project)
    measure_objects(rows, project)
    floor = project.copied()
    rows.measure(CHECKOUT, project.checkout, COPY, floor, most=1)
    progress(f"{rows.title}: remove")
    project.remove()
    return rows.rows
