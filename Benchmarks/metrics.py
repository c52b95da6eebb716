"""Metrics and datasets over the history of a project, each commit with a change of them."""

import hashlib
import json
import subprocess

from operations import Row
from tools import Failure, announced, remove

TITLE = "history"

COMMITS = 100
STAGES = (
    "stages:\n  train:\n    cmd: python train.py\n    metrics:\n"
    "    - metrics.json:\n        cache: false\n"
)


def write_history(tool, folder):
    """Commits whose metrics are counted up; the last one is in the workspace."""
    tool.create_project(folder)
    (folder / "dvc.yaml").write_text(STAGES)
    (folder / "metrics.json").write_text(metrics(0))
    tool.git(folder, "add", "--all")
    tool.git(folder, "commit", "--quiet", "--message", "first")
    branch = tool.git(folder, "symbolic-ref", "HEAD").output.strip()
    stream = []
    for number in range(1, COMMITS):
        text = metrics(number)
        parent = f"from {branch}^0\n" if number == 1 else ""
        stream.append(
            f"commit {branch}\ncommitter Bench <bench@example.com> {1700000000 + number} +0000\n"
            f"data 6\nchange\n{parent}M 100644 inline metrics.json\ndata {len(text)}\n{text}\n"
        )
    subprocess.run(
        ["git", "fast-import", "--quiet"], cwd=folder, check=True, input="".join(stream), text=True
    )
    tool.git(folder, "reset", "--quiet", "--hard")


def metrics(number):
    return json.dumps({"loss": 1 / (number + 1), "steps": number})


def measure_metrics(place, tool, progress):
    folder = place / "metrics"
    write_history(tool, folder)

    def diff(repetition):
        result = tool.run(folder, "metrics", "diff", "--json", f"HEAD~{COMMITS - 1}")
        steps = json.loads(result.output)["metrics.json"]["steps"]
        if (steps["old"], steps["new"]) != (0, COMMITS - 1):
            raise Failure(f"metrics diff says:\n{result.output[:2000]}")
        return result

    def show(repetition):
        result = tool.run(folder, "metrics", "show", "--json", "--all-commits")
        found = [
            file["data"]["steps"]
            for revision in json.loads(result.output).values()
            for file in revision.get("data", {}).values()
            if "data" in file
        ]
        if not set(range(COMMITS)) <= set(found):
            raise Failure(f"metrics show says:\n{result.output[:2000]}")
        return result

    names = {"metrics diff": diff, "metrics show -A": show}
    rows = []
    for name, measure in names.items():
        operation = f"{name}, {COMMITS} commits"
        rows.append(Row(TITLE, operation, announced(progress, operation, 5, {tool.name: measure})))
    remove(folder)
    return rows


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

    def log(repetition):
        result = tool.run(folder, "log", "--json", "data")
        if len(json.loads(result.output)) != commits:
            raise Failure(f"log does not list {commits} commits:\n{result.output[:2000]}")
        return result

    def git_log(repetition):
        return tool.git(folder, "log", "--oneline", "--", "data.dvc")

    operation = f"log of a path over {commits:,} commits"
    seconds = announced(progress, operation, 5, {tool.name: log, "git": git_log})
    remove(folder)
    return Row(TITLE, operation, seconds)
