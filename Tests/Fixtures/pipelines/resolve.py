"""Lets DVC answer for many projects in one process.

Its arguments are project folders; it writes one line of JSON for each: its stages or its failure, what `repro` and `status --json`
return, the `dvc.lock` files afterwards, and its metrics and plots as JSON.
"""

import json
import os
import pathlib
import sys
import tempfile

from dvc.cli import main
from dvc.dependency.param import ParamsDependency
from dvc.repo import Repo


def described(out):
    kind = "metric" if out.metric else "plot" if out.plot else "output"
    properties = out.plot if isinstance(out.plot, dict) else {}
    return {
        "path": out.def_path,
        "kind": kind,
        "properties": {key: str(value) for key, value in sorted(properties.items())},
        "cache": out.use_cache,
        "persist": out.persist,
        "push": out.can_push,
        "remote": str(out.remote or ""),
        "desc": str(out.annot.desc or ""),
        "type": str(out.annot.type or ""),
        "labels": [str(label) for label in out.annot.labels or []],
        "meta": out.annot.meta or None,
    }


def stages(root):
    with Repo(root) as repo:
        repo.check_graph(repo.index.stages)
        return [
            {
                "address": stage.addressing,
                "cmd": stage.cmd,
                "wdir": os.path.relpath(stage.wdir, root),
                "deps": [
                    dep.def_path for dep in stage.deps if not isinstance(dep, ParamsDependency)
                ],
                "params": {
                    dep.def_path: dep.params
                    for dep in stage.deps
                    if isinstance(dep, ParamsDependency)
                },
                "outs": [described(out) for out in stage.outs],
                "frozen": stage.frozen,
                "always_changed": stage.always_changed,
                "desc": str(stage.desc or ""),
                "uses": {file: dict(used) for file, used in stage.tracked_vars.items()},
            }
            for stage in repo.index.stages
        ]


def run(*arguments):
    """The exit code and what reaches the process's own standard output, stages' commands included."""
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 1)
        code = main(list(arguments))
        sys.stdout.flush()
        os.dup2(nowhere, 1)
        file.seek(0)
        return code, file.read().decode()


def answer(root):
    os.chdir(root)
    result = {"name": os.path.basename(root)}
    try:
        result["stages"] = stages(root)
    except Exception as error:  # whatever it is, the project cannot be used
        result["error"] = f"{type(error).__name__}: {error}"
    if result["name"] in DRY:
        return result
    result["repro"], _ = run("repro", "-q")
    result["status"], result["statusOutput"] = run("status", "--json")
    result["figures"] = {kind: run(kind, "show", "--json")[1] for kind in ("metrics", "plots")}
    result["locks"] = {
        str(path.relative_to(root)): path.read_text(encoding="utf-8")
        for path in sorted(pathlib.Path(root).rglob("dvc.lock"))
    }
    return result


DRY = {"large"}

# What stages write must not get among the answers.
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
nowhere = os.open(os.devnull, os.O_WRONLY)
os.dup2(nowhere, 1)
for folder in [os.path.abspath(name) for name in sys.argv[1:]]:
    print(json.dumps(answer(folder), ensure_ascii=False), file=answers, flush=True)
