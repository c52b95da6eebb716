"""What costs with the size of a dataset: comparing, collecting and checking it, and its history."""

import dataclasses
import hashlib
import json
import os
import statistics
import subprocess

from datasets import write_tiny_files
from tools import Failure, expect_text, remove, run


@dataclasses.dataclass(frozen=True)
class ScaleRow:
    """One line of the table: at most `target` times the floor, or at most `limit` seconds."""

    operation: str
    seconds: float
    peak_bytes: int
    floor: float | None = None
    floor_name: str = ""
    target: float | None = None
    limit: float | None = None


class LargeProject:
    """A project with very many tracked files, one of which is changed, and Git's view of them."""

    def __init__(self, place, tool, count):
        self.folder = place / "scale"
        self.git_folder = place / "scale.git"
        self.tool = tool
        self.count = count

    def create(self, progress):
        progress(f"{self.count:,} tiny files: create and add")
        self.tool.create_project(self.folder)
        write_tiny_files(self.folder / "data", self.count)
        self.tool.run(self.folder, "add", "data")
        self.tool.git(self.folder, "commit", "--quiet", "--message", "data")
        progress(f"{self.count:,} tiny files: a Git repository that tracks them")
        self.create_git_repository()
        (self.folder / "data" / "0000" / "007.txt").write_text("changed\n")

    def git_command(self, *arguments):
        work_tree = self.folder / "data"
        return ["git", f"--git-dir={self.git_folder}", f"--work-tree={work_tree}", *arguments]

    def start_git(self, *arguments, **options):
        return subprocess.Popen(
            self.git_command(*arguments), cwd=self.folder / "data",
            env=self.tool.environment, text=True, **options,
        )

    def git(self, *arguments):
        with self.start_git(*arguments, stdout=subprocess.PIPE) as process:
            output, _ = process.communicate()
        if process.returncode != 0:
            raise Failure(f"git {arguments} ended with {process.returncode}")
        return output.strip()

    def create_git_repository(self):
        """Its index and trees are as `git add` and `git commit` make them; the blobs are not needed."""
        subprocess.run(["git", "init", "--quiet", "--bare", self.git_folder], check=True)
        self.git("config", "core.bare", "false")
        with self.start_git("update-index", "--index-info", stdin=subprocess.PIPE) as index:
            for number in range(self.count):
                text = b"record %d\n" % number
                digest = hashlib.sha1(b"blob %d\0" % len(text) + text).hexdigest()
                name = f"{number // 1000:04}/{number % 1000:03}.txt"
                index.stdin.write(f"100644 {digest}\t{name}\n")
        self.git("update-index", "--refresh", "-q")
        tree = self.git("write-tree", "--missing-ok")
        commit = self.git("commit-tree", tree, "-m", "data")
        self.git("update-ref", "HEAD", commit)

    def git_status(self):
        command = self.git_command("status", "--short")
        result = run(command, self.folder / "data", self.tool.environment)
        if result.output.split() != ["M", "0000/007.txt"]:
            raise Failure(f"git status says:\n{result.output[:2000]}")
        return result

    def diff(self):
        result = self.tool.run(self.folder, "diff", "--json")
        changed = [change["path"] for change in json.loads(result.output)["modified"]]
        if changed != ["data/", "data/0000/007.txt"]:
            raise Failure(f"diff says: {result.output[:2000]}")
        return result

    def data_status(self):
        result = self.tool.run(self.folder, "data", "status", "--granular", "--json")
        changed = json.loads(result.output)["uncommitted"]["modified"]
        if changed != ["data/", "data/0000/007.txt"]:
            raise Failure(f"data status says: {result.output[:2000]}")
        return result

    def collect(self):
        """An object that nothing needs is put there first, and must be all that goes."""
        unused = self.folder / "unused"
        unused.write_text("of no use\n")
        self.tool.run(self.folder, "add", "--quiet", "unused")
        self.tool.run(self.folder, "remove", "--quiet", "unused.dvc")
        unused.unlink()
        result = self.tool.run(self.folder, "gc", "--workspace", "--force", "--json")
        # A warning comes first, on the other stream.
        removed = json.loads(result.output[result.output.index("{"):])["cache"]
        if len(removed) != 1:
            raise Failure(f"gc says: {result.output[:2000]}")
        return result

    def verify_quick(self):
        return self.verify("--quick")

    def verify(self, *flags):
        result = self.tool.run(self.folder, "verify", *flags)
        expect_text(f"Verified {self.count + 1} objects", result.output)
        expect_text("all intact", result.output)
        return result

    def shell(self, script):
        return lambda: run(["bash", "-c", script], self.folder / ".dvc" / "cache")


def median_run(repetitions, measure):
    runs = [measure() for _ in range(repetitions)]
    return statistics.median(each.seconds for each in runs), max(each.peak_bytes for each in runs)


def measured(progress, operation, ours, floor_name, floor, repetitions, **targets):
    """Floor and operation by turns would disturb each other's caches no more than one after the other."""
    floor_seconds, _ = median_run(repetitions, floor)
    seconds, peak = median_run(repetitions, ours)
    progress(f"    {operation}: {seconds:.2f} s, {floor_name}: {floor_seconds:.2f} s")
    return ScaleRow(operation, seconds, peak, floor_seconds, floor_name, **targets)


def history(place, tool, commits):
    """A project whose dataset changes with every commit."""
    folder = place / "history"
    tool.create_project(folder)
    branch = subprocess.run(
        ["git", "symbolic-ref", "HEAD"], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()
    stream = []
    for number in range(commits):
        digest = hashlib.md5(b"%d" % number).hexdigest()
        pointer = f"outs:\n- md5: {digest}\n  size: {number}\n  hash: md5\n  path: data\n"
        stream.append(
            f"commit {branch}\ncommitter Bench <bench@example.com> {1700000000 + number} +0000\n"
            f"data 6\nchange\nM 100644 inline data.dvc\ndata {len(pointer)}\n{pointer}\n"
        )
    subprocess.run(
        ["git", "fast-import", "--quiet", "--force"], cwd=folder, check=True,
        input="".join(stream), text=True,
    )
    return folder


def measure_log(place, tool, commits, progress):
    folder = history(place, tool, commits)

    def log():
        result = tool.run(folder, "log", "--json", "data")
        if len(json.loads(result.output)) != commits:
            raise Failure(f"log does not list {commits} commits:\n{result.output[:2000]}")
        return result

    row = measured(
        progress, f"log of a path over {commits:,} commits", log, "git log",
        lambda: tool.git(folder, "log", "--oneline", "--", "data.dvc"), 5, limit=0.2,
    )
    remove(folder)
    return row


def measure_scale(place, tool, count, commits, limit, progress):
    """The rows for `count` files and `commits` commits; `limit` caps the repetitions."""
    project = LargeProject(place, tool, count)
    project.create(progress)
    digest = f"find . -type f -print0 | xargs -0 -P{os.cpu_count()} -n500 md5sum > /dev/null"
    rows = [
        measured(progress, "diff, one file changed", project.diff,
                 "git status", project.git_status, limit, target=2),
        measured(progress, "data status --granular, one file changed", project.data_status,
                 "git status", project.git_status, limit, target=2),
        measured(progress, "gc -w, one unused object", project.collect,
                 "find", project.shell("find . > /dev/null"), limit, target=1.5),
        measured(progress, "verify --quick", project.verify_quick,
                 "find -size +0", project.shell("find . -size +0 > /dev/null"), limit, target=1.5),
        measured(progress, "verify", project.verify,
                 "md5sum on all cores", project.shell(digest), min(limit, 2), target=1),
    ]
    remove(project.folder)
    remove(project.git_folder)
    return [*rows, measure_log(place, tool, commits, progress)]
