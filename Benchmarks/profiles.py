"""Where the time of the main operations goes: in the program or in the kernel, and there in which calls."""

import dataclasses
import itertools
import re
import shutil

import datasets
from operations import DataProject
from sampling import RECORD, can_sample, shares
from tools import Tool, run

MOST_CALLS = 6

# What would be the next step for each operation, from these profiles: written by hand.
NEXT_STEPS = {
    "add": "Compressing (zstd) is the largest part where text compresses; `cache.compression = none` leaves it out. Then every "
    "file costs an object: one that is created, written and linked. Fewer calls for each object are the next step.",
    "status": "One look at each file is all that is left to the kernel. Fewer need a daemon that watches the tree, as "
    "`fsmonitor` of Git is.",
    "checkout": "Every file is created and written by the kernel: links (`cache.type`) leave out the writing, and hard links the "
    "creating. Fewer calls for each file are the next step.",
    "push": "What was compressed is decoded and checked on its way; a remote with `layout = encoded` takes it as it is. The rest is "
    "as for add.",
    "pull": "Every file is created twice, in the cache and in the workspace, and compressed in between: links (`cache.type`) halve "
    "the first, `cache.compression = none` leaves out the second.",
}


@dataclasses.dataclass(frozen=True)
class Profile:
    """Seconds of an undisturbed run. Of others the system calls: name, share of the kernel's time, count; and
    what the samples say: what is done, share of the time. None of them where the tool for it is missing."""

    operation: str
    seconds: float
    user_seconds: float
    system_seconds: float
    calls: tuple
    shares: tuple


class WatchedTool(Tool):
    """Runs one command, `watched`, under what `watcher` puts before it; keeps the last run of every command."""

    def __init__(self, tool):
        self.name = tool.name
        self.binary = tool.binary
        self.environment = tool.environment
        self.watched = None
        self.watcher = []
        self.runs = {}

    def run(self, folder, *arguments):
        before = self.watcher if arguments[0] == self.watched else []
        result = run([*before, self.binary, *arguments], folder, self.environment)
        self.runs[arguments[0]] = result
        return result


TRACE = ["strace", "-f", "-c", "-U", "name,time-percent,calls", "-o"]
LINE = re.compile(r"^(\w+)\s+([\d.]+)\s+(\d+)$", re.MULTILINE)


def counted_calls(log):
    """What strace has written, the largest share first."""
    found = [
        (name, float(share), int(count)) for name, share, count in LINE.findall(log.read_text())
        if name != "total"
    ]
    return tuple(sorted(found, key=lambda call: -call[1])[:MOST_CALLS])


def watchers(place):
    """What can watch here: the words before the command, and how to read what was written."""
    nothing = (None, None)
    return [
        (TRACE, counted_calls) if shutil.which("strace") else nothing,
        (RECORD, shares) if can_sample(place) else nothing,
    ]


class Watching:
    """The operations of a project, each once as it is and once under each watcher."""

    def __init__(self, place, tool, source):
        self.place = place
        self.tool = WatchedTool(tool)
        self.project = DataProject(self.tool, source, place / "profiles")
        self.watchers = watchers(place)
        self.turns = itertools.count()

    def run(self, operation):
        getattr(self.project, operation)(next(self.turns))
        return self.tool.runs[operation]

    def watch(self, operation, command, read):
        if command is None:
            return ()
        log = self.place / "watched"
        self.tool.watched, self.tool.watcher = operation, [*command, log]
        self.run(operation)
        self.tool.watched = None
        return read(log)

    def profile(self, operation):
        plain = self.run(operation)
        calls, samples = (self.watch(operation, *watcher) for watcher in self.watchers)
        return Profile(
            operation, plain.seconds, plain.user_seconds, plain.system_seconds, calls, samples
        )


def measure_profiles(place, tool, count, progress):
    source = place / "profiled"
    progress(f"profiles of {count:,} files of 10 KB")
    datasets.write_files(source, count, count * 10_000)
    watching = Watching(place, tool, source)
    profiles = []
    for operation in NEXT_STEPS:
        progress(f"    {operation}")
        profiles.append(watching.profile(operation))
    return profiles
