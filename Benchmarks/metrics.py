"""Metrics over the history of a project, each commit with a change of them."""

import json
import subprocess

from scale import ScaleRow, median_run
from tools import Failure, remove

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
    progress(f"metrics of {COMMITS} commits")
    folder = place / "metrics"
    write_history(tool, folder)

    def diff():
        result = tool.run(folder, "metrics", "diff", "--json", f"HEAD~{COMMITS - 1}")
        steps = json.loads(result.output)["metrics.json"]["steps"]
        if (steps["old"], steps["new"]) != (0, COMMITS - 1):
            raise Failure(f"metrics diff says:\n{result.output[:2000]}")
        return result

    def show():
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
        seconds, peak = median_run(5, measure)
        rows.append(ScaleRow(f"{name}, {COMMITS} commits", seconds, peak, limit=0.3))
    remove(folder)
    return rows
