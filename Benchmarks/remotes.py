#!/usr/bin/env python3
"""Measures transfers to and from servers of this machine: dvswift beside DVC, rclone and the plain tool of each server.

S3 is Ceph's gateway, SFTP is OpenSSH's, WebDAV and HTTP are nginx's. A time counts only after what was pulled has
been compared with what was pushed.
"""

import argparse
import contextlib
import dataclasses
import pathlib
import statistics
import subprocess
import sys
import tempfile

import datasets
import remote_report
from ceph import ceph
from servers import directory, nginx, ssh
from tools import Failure, Tool, expect_same, plain_environment, remove, run


@dataclasses.dataclass(frozen=True)
class Cost:
    """Medians of the times, the highest peak of memory."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int

    @staticmethod
    def of(runs):
        return Cost(
            statistics.median(run.seconds for run in runs),
            statistics.median(run.cpu_seconds for run in runs),
            max(run.peak_bytes for run in runs),
        )


class Project:
    """Data tracked by one tool, sent to one server after the other."""

    def __init__(self, tool, folder, source, adding=None, compression=None):
        self.tool, self.folder, self.source = tool, folder, source
        tool.create_project(folder)
        if compression:
            tool.run(folder, "config", "cache.compression", compression)
        subprocess.run(["cp", "-r", source, folder / "data"], check=True)
        (adding or tool).run(folder, "add", "--quiet", "data")

    def connect(self, server, name, tool=None):
        tool = tool or self.tool
        server.prepare(name)
        (self.folder / ".dvc" / "config.local").unlink(missing_ok=True)
        tool.run(self.folder, "remote", "add", "-q", "-f", "-d", "bench", f"{server.url}/{name}")
        for option, value in server.options.items():
            tool.run(self.folder, "remote", "modify", "--local", "bench", option, value)

    def run(self, verb, *arguments):
        return self.tool.run(self.folder, verb, *arguments)

    def forget(self):
        remove(self.folder / "data")
        remove(self.folder / ".dvc" / "cache")

    def push_and_pull(self, server, name):
        """Push, a push of nothing, and pull into an empty cache."""
        self.connect(server, name)
        steps = [self.run("push", "--jobs", str(server.jobs)), self.run("push")]
        self.forget()
        steps.append(self.run("pull", "--jobs", str(server.jobs)))
        expect_same(self.source, self.folder / "data")
        return steps

    def push_and_fetch(self, writer, reader, name):
        """Push, and fetch into an empty cache, which the checkout after it proves."""
        self.connect(writer, name)
        steps = [self.run("push", "--jobs", str(writer.jobs))]
        self.forget()
        self.connect(reader, name)
        steps.append(self.run("fetch", "--jobs", str(reader.jobs)))
        self.run("checkout", "--quiet")
        expect_same(self.source, self.folder / "data")
        return steps


class Rclone:
    def __init__(self, binary, place):
        self.binary, self.place = binary, place

    def run(self, server, verb, *arguments):
        flags = ["--config", "/dev/null", "--transfers", str(server.jobs), "--checkers", str(server.jobs)]
        return run([self.binary, verb, *flags, *arguments], self.place, plain_environment())

    def push_and_pull(self, server, source, name):
        copy, target = self.place / "copy", f"{server.rclone}/{name}"
        steps = [
            self.run(server, "copy", "--no-check-dest", source, target), self.run(server, "copy", source, target),
            self.run(server, "copy", target, copy),
        ]
        expect_same(source, copy)
        remove(copy)
        return steps

    def push_and_fetch(self, writer, reader, source, name):
        copy = self.place / "copy"
        steps = [
            self.run(writer, "copyto", "--no-check-dest", source, f"{writer.rclone}/{name}"),
            self.run(reader, "copyto", f"{reader.rclone}/{name}", copy),
        ]
        expect_same(source, copy)
        remove(copy)
        return steps


def plainly(writer, reader, source, place, name):
    copy = place / "copy"
    steps = [
        run(writer.plain.upload(source, name), place, plain_environment()),
        run(reader.plain.download(name, copy), place, plain_environment()),
    ]
    expect_same(source, copy)
    remove(copy)
    return steps


def by_turns(rounds, participants, clean):
    """Runs each so often, by turns; name: what the steps of each cost. A number says how often at most."""
    runs = {name: [] for name, _, _ in participants}
    for turn in range(rounds):
        for name, most, cycle in participants if turn % 2 == 0 else reversed(participants):
            if turn < most:
                label = f"{name}-{turn}"
                runs[name].append(cycle(label))
                clean(label)
    return {name: [Cost.of(step) for step in zip(*cycles)] for name, cycles in runs.items()}


class Bench:
    def __init__(self, arguments, place, tools):
        self.arguments, self.place = arguments, place
        self.tools = {tool.name: tool for tool in tools}
        self.rclone = Rclone(arguments.rclone, place)
        self.results = remote_report.Results(arguments, place, self.tools)

    def tell(self, table):
        print(table, flush=True)
        if self.arguments.report:
            self.arguments.report.write_text(self.results.markdown())

    def small_files(self, servers):
        count, fewer = self.arguments.files, min(self.arguments.files, self.arguments.dvc_files)
        source = self.place / "files"
        datasets.write_files(source, count, count * 10_000)
        projects = {"dvswift": Project(self.tools["dvswift"], self.place / "small-dvswift", source)}
        if "dvc" in self.tools:
            part = self.place / "fewer"
            datasets.write_files(part, fewer, fewer * 10_000)
            projects["dvc"] = Project(self.tools["dvc"], self.place / "small-dvc", part)
        for server in servers:
            print(f"{count:,} files, {server.name}", flush=True)
            participants = [("rclone", 9, lambda name: self.rclone.push_and_pull(server, source, name))]
            for name, project in projects.items():
                most = 1 if name == "dvc" else 9
                participants.append((name, most, lambda name, project=project: project.push_and_pull(server, name)))
            costs = by_turns(self.arguments.rounds, participants, server.clean)
            self.tell(self.results.add_small(server, costs, count / fewer))

    def large_object(self, pairs):
        source, ours = self.place / "large", self.tools["dvswift"]
        datasets.write_large_file(source, self.arguments.large)
        plain = Project(ours, self.place / "large-plain", source, compression="none")
        compressed = Project(ours, self.place / "large-compressed", source)
        for writer, reader in pairs:
            print(f"one object, {reader.name}", flush=True)
            participants = [
                (reader.plain.name, 9, lambda name: plainly(writer, reader, source, self.place, name)),
                ("dvswift", 9, lambda name: plain.push_and_fetch(writer, reader, name)),
                ("rclone", 1, lambda name: self.rclone.push_and_fetch(writer, reader, source, name)),
                ("compressed", 1, lambda name: compressed.push_and_fetch(writer, reader, name)),
            ]
            costs = by_turns(self.arguments.rounds, participants, writer.clean)
            self.tell(self.results.add_large(writer, reader, costs))

    def nothing_to_push(self, servers):
        """In a project of DVC, so that both tools ask about the same data, which dvswift has sent."""
        source, ours = self.place / "tracked", self.tools["dvswift"]
        datasets.write_tiny_files(source, self.arguments.tracked)
        project = Project(self.tools.get("dvc", ours), self.place / "tracked-project", source, adding=ours)
        for server in servers:
            print(f"nothing to push of {self.arguments.tracked:,} files, {server.name}", flush=True)
            project.connect(server, "tracked", ours)
            sent = ours.run(project.folder, "push", "--quiet", "--jobs", str(server.jobs))
            runs = {name: [] for name in self.tools}
            for turn in range(3):
                for name, tool in self.tools.items():
                    if name == "dvswift" or turn == 0:
                        runs[name].append(tool.run(project.folder, "push"))
            told, requests = server.count(lambda: ours.run(project.folder, "push"))
            if "up to date" not in told.output:
                raise Failure(f"there was something to push:\n{told.output}")
            costs = {name: Cost.of(steps) for name, steps in runs.items()}
            self.tell(self.results.add_nothing(server, costs, requests, sent))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dvswift", required=True, type=pathlib.Path)
    parser.add_argument("--dvc", type=pathlib.Path, help="left out, DVC is not compared with")
    parser.add_argument("--rclone", required=True)
    parser.add_argument("--files", type=int, default=20_000, help="0 for none")
    parser.add_argument("--dvc-files", type=int, default=2_000, help="so many for DVC, whose time for all is reckoned")
    parser.add_argument("--large", type=int, default=1 << 30, help="bytes of the large object; 0 for none")
    parser.add_argument("--tracked", type=int, default=100_000, help="files with nothing to push; 0 for none")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="servers whose names contain this")
    parser.add_argument("--report", type=pathlib.Path, help="a file to write, in Markdown")
    return parser.parse_args()


def measure(options, place):
    tools = [Tool("dvswift", options.dvswift, place / "dvswift-home")]
    if options.dvc:
        tools.append(Tool("dvc", options.dvc, place / "dvc-home"))
    bench = Bench(options, place, tools)
    with contextlib.ExitStack() as stack:
        dav, http = stack.enter_context(nginx(place, options.rclone))
        servers = [stack.enter_context(ssh(place, tools)), dav, directory(place)]
        servers = [server for server in servers if options.only in server.name]
        if options.only in "S3 (Ceph)":
            servers.insert(0, stack.enter_context(ceph(place, options.rclone)))
        if options.files:
            bench.small_files(servers)
        if options.tracked:
            bench.nothing_to_push(servers)
        if options.large:
            pairs = [(server, server) for server in servers]
            bench.large_object(pairs + ([(dav, http)] if options.only in http.name else []))
        bench.results.is_complete = True
        if options.report:
            options.report.write_text(bench.results.markdown())


def main():
    options = arguments()
    place = pathlib.Path(tempfile.mkdtemp(prefix="dvswift-bench-"))
    try:
        measure(options, place)
    except Failure as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    finally:
        remove(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
