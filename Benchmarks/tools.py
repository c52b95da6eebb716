"""Runs a command and measures it: dvswift, DVC, and the plain tools that show what is possible."""

import dataclasses
import os
import pathlib
import statistics
import subprocess
import tempfile
import time


class Failure(Exception):
    """A command failed, or its result is not what it should be."""


@dataclasses.dataclass(frozen=True)
class Run:
    """`peak_bytes` is at least the size of this process, from which the command started."""

    seconds: float
    peak_bytes: int
    output: str
    # Of the processor, with those of the children.
    user_seconds: float
    system_seconds: float

    @property
    def cpu_seconds(self):
        return self.user_seconds + self.system_seconds


def run(command, folder, environment=None):
    """Runs to the end; everything written to disk before is on the disk when the clock starts."""
    os.sync()
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            # The bench is broken off.
            process.kill()
            process.wait()
            raise
        seconds = time.perf_counter() - start
        # Popen must not wait for the process a second time.
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        output = log.read().decode(errors="replace")
    if process.returncode != 0:
        line = " ".join(str(word) for word in command)
        raise Failure(f"{line} ended with {process.returncode}:\n{output[-2000:]}")
    return Run(seconds, usage.ru_maxrss * 1024, output, usage.ru_utime, usage.ru_stime)


def plain_environment():
    """Without what would replace the certificates of some tools."""
    return {key: value for key, value in os.environ.items() if key != "AWS_CA_BUNDLE"}


class Tool:
    """dvswift, DVC or another, with settings and caches of its own; `project` makes its project of a dataset."""

    def __init__(self, name, binary, home, project=None):
        self.name = name
        self.project = project
        self.binary = pathlib.Path(binary).absolute()
        self.environment = dict(
            os.environ,
            # What stages are run by; some shells take twice as long to start.
            SHELL="/bin/sh",
            DVC_NO_ANALYTICS="1",
            DVC_SITE_CACHE_DIR=str(home / "site"),
            XDG_CONFIG_HOME=str(home / "config"),
            XDG_CACHE_HOME=str(home / "cache"),
            GIT_CONFIG_GLOBAL="/dev/null",
            GIT_CONFIG_SYSTEM="/dev/null",
            GIT_AUTHOR_NAME="Bench", GIT_AUTHOR_EMAIL="bench@example.com",
            GIT_COMMITTER_NAME="Bench", GIT_COMMITTER_EMAIL="bench@example.com",
        )

    def run(self, folder, *arguments):
        return run([self.binary, *arguments], folder, self.environment)

    def git(self, folder, *arguments):
        return run(["git", *arguments], folder, self.environment)

    def create_project(self, folder):
        """An empty project with the default settings of the tool."""
        remove(folder)
        folder.mkdir(parents=True)
        self.git(folder, "init", "--quiet")
        self.run(folder, "init", "--quiet")

    def version(self):
        return self.run("/", "--version").output.strip()


class Sample(float):
    """The median of some runs, in seconds; `runs` has all of them. One that is a bound is at least that much."""

    def __new__(cls, runs, peak_bytes=0, is_bound=False):
        sample = super().__new__(cls, statistics.median(runs))
        sample.runs = sorted(runs)
        sample.peak_bytes = peak_bytes
        sample.is_bound = is_bound
        return sample

    def __getnewargs__(self):
        return self.runs, self.peak_bytes, self.is_bound


# Seconds for the runs of one tool in one operation, with preparing and comparing: one that takes longer
# runs less often, but once.
BUDGET = 40


def by_turns(repetitions, measures, budget=BUDGET):
    """Runs each of `measures`, functions of the repetition, by turns within the budget; name: sample."""
    runs = {name: [] for name in measures}
    spent = dict.fromkeys(measures, 0)
    for repetition in range(repetitions):
        for name in measures if repetition % 2 == 0 else reversed(measures):
            count = len(runs[name])
            # The next run takes as long as those before it.
            if count == 0 or spent[name] * (count + 1) / count <= budget:
                start = time.monotonic()
                runs[name].append(measures[name](repetition))
                spent[name] += time.monotonic() - start
    return {
        name: Sample([each.seconds for each in some], max(each.peak_bytes for each in some))
        for name, some in runs.items()
    }


def announced(progress, title, repetitions, measures, budget=BUDGET):
    """Samples whose title and result are shown as they come."""
    progress(title)
    seconds = by_turns(repetitions, measures, budget)
    progress("    " + ", ".join(f"{name} {value:.3f} s" for name, value in seconds.items()))
    return seconds


def shell(folder, script):
    return run(["bash", "-c", script], folder)


def remove(path):
    """Removes what is there, although tools protect the objects of their caches."""
    if not path.is_dir() or path.is_symlink():
        path.unlink(missing_ok=True)
        return
    script = 'rm -rf "$0" || { chmod -R u+w "$0"; rm -rf "$0"; }'
    for _ in range(5):
        found = subprocess.run(["sh", "-c", script, path], capture_output=True, text=True)
        if found.returncode == 0:
            return
        # git-annex ends with processes that still write.
        time.sleep(1)
    raise Failure(f"{path} cannot be removed:\n{found.stderr[:2000]}")


def remove_many(folder):
    """Removes a tree of very many files, on all cores."""
    script = (
        f"find . -type d -print0 | xargs -0 -r -P{os.cpu_count()} -n64 "
        """sh -c 'exec find "$@" -maxdepth 1 -type f -delete' find"""
    )
    # What is left for any reason goes, or fails, next.
    subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True)
    remove(folder)


def expect_same(one, other):
    """One tree or file has the names and the content of another."""
    found = subprocess.run(["diff", "-r", one, other], capture_output=True, text=True)
    if found.returncode != 0:
        raise Failure(f"{one} and {other} differ:\n{found.stdout[:2000]}{found.stderr[:2000]}")


def expect_text(text, output):
    if text not in output:
        raise Failure(f"expected '{text}' in:\n{output[-2000:]}")
