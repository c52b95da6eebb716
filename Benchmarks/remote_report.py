"""The results of the bench of remotes as text: on the terminal and in docs/BENCHMARKS-REMOTES.md."""

import report

MEMORY = 200_000_000
SMALL_HEADINGS = [
    "operation", "rclone", "DVC", "dvswift", "DVC / dvswift", "rclone / dvswift", "target", "", "processor time",
    "peak memory",
]
LARGE_HEADINGS = [
    "operation", "plain tool", "rclone", "dvswift, compressed cache", "dvswift", "plain tool / dvswift", "target", "",
    "processor time", "peak memory",
]
NOTHING_HEADINGS = ["server", "DVC", "dvswift", "requests of dvswift", "target", "", "peak memory", "the push before"]


def seconds(cost):
    return report.seconds_text(cost.seconds if cost else None)


def ratio(one, other):
    return f"{one / other:.2f}" if one is not None else "–"


def side_by_side(names, costs, text):
    """What each tool used, in one cell."""
    return ", ".join(f"{name} {text(costs[name])}" for name in names if costs.get(name))


def processor(cost):
    return f"{cost.cpu_seconds:.2f} s"


def memory(cost):
    return f"{cost.peak_bytes >> 20} MiB"


class Results:
    def __init__(self, options, place, tools):
        self.options = options
        self.tools = tools
        self.machine = report.machine(place)
        self.versions = {name: tool.version() for name, tool in tools.items()}
        self.versions["rclone"] = report.first_line(options.rclone, "version").removeprefix("rclone ")
        self.tables = []
        self.nothing = []
        self.is_complete = False

    def add(self, title, headings, rows):
        self.tables.append((title, headings, rows))
        return report.plain_table(headings, rows)

    def add_small(self, server, costs, share):
        steps = ["push", "push again, nothing to do", "pull into an empty cache"]
        rows = [
            self.small_row(operation, number, {name: steps[number] for name, steps in costs.items() if steps}, costs, share)
            for number, operation in enumerate(steps)
        ]
        return self.add(f"{self.options.files:,} files, {server.name}, {server.jobs} at once", SMALL_HEADINGS, rows)

    def small_row(self, operation, number, step, costs, share):
        ours, floor = step["dvswift"].seconds, step["rclone"].seconds
        theirs = None
        if "dvc" in step:
            # The start is paid once, whatever the number of files.
            start = costs["dvc"][1].seconds
            theirs = step["dvc"].seconds if number == 1 else start + (step["dvc"].seconds - start) * share
        is_met = (theirs is None or theirs >= 3 * ours) and floor >= ours and step["dvswift"].peak_bytes < MEMORY
        names = ["rclone", "dvswift"]
        return [
            operation, report.seconds_text(floor), report.seconds_text(theirs), report.seconds_text(ours),
            ratio(theirs, ours), ratio(floor, ours), "≥ 3 × DVC, ≥ rclone, < 200 MB", report.verdict(is_met),
            side_by_side(names, step, processor), side_by_side([*names, "dvc"], step, memory),
        ]

    def add_large(self, writer, reader, costs):
        rows = []
        plain = reader.plain.name
        for number, operation in enumerate(["push", "fetch into an empty cache"]):
            if number == 0 and writer is not reader:
                continue
            step = {name: steps[number] for name, steps in costs.items() if steps}
            ours, floor = step["dvswift"], step[plain]
            is_met = floor.seconds >= 0.9 * ours.seconds and ours.peak_bytes < MEMORY
            names = [plain, "rclone", "dvswift"]
            rows.append([
                operation, f"{seconds(floor)} ({plain})", seconds(step["rclone"]), seconds(step["compressed"]), seconds(ours),
                ratio(floor.seconds, ours.seconds), "≥ 0.9, < 200 MB", report.verdict(is_met),
                side_by_side(names, step, processor), side_by_side(names, step, memory),
            ])
        size = self.options.large >> 20
        return self.add(f"One object of {size:,} MiB, {reader.name}", LARGE_HEADINGS, rows)

    def add_nothing(self, server, costs, requests, sent):
        ours = costs["dvswift"]
        is_met = ours.seconds < 0.2 and requests in (None, 1) and max(ours.peak_bytes, sent.peak_bytes) < MEMORY
        row = [
            server.name, seconds(costs.get("dvc")), seconds(ours), "–" if requests is None else str(requests),
            "< 200 ms, 1 request, < 200 MB", report.verdict(is_met), side_by_side(costs, costs, memory),
            f"{report.seconds_text(sent.seconds)}, {memory(sent)}",
        ]
        self.nothing.append(row)
        return report.plain_table(NOTHING_HEADINGS, [row])

    def markdown(self):
        tables = list(self.tables)
        if self.nothing:
            tables.append((f"Nothing to push, {self.options.tracked:,} files", NOTHING_HEADINGS, self.nothing))
        text = "\n".join(f"## {title}\n\n{report.markdown_table(*table)}" for title, *table in tables)
        facts = "\n".join(f"- {name}: {value}" for name, value in self.machine.items())
        dvc = f", DVC {self.versions['dvc']}" if "dvc" in self.versions else ""
        rest = "" if self.is_complete else BROKEN_OFF
        return TEMPLATE.format(
            rest=rest, date=report.today(), facts=facts, tables=text, dvswift=self.versions["dvswift"], dvc=dvc,
            rclone=self.versions["rclone"], rounds=self.options.rounds, fewer=f"{self.options.dvc_files:,}",
        )


BROKEN_OFF = """
This run was broken off after the tables below; the other servers and the large object were not measured.
"""

TEMPLATE = """\
# Benchmarks of remotes

Written by `make bench-remotes` on {date}; run it again to measure your machine. Servers and tools share the processors
of one machine, so that a tool that leaves more of them to the server is faster. Figures of shared machines drift: the
ratios count, whose sides ran by turns in one session.

{facts}
- dvswift {dvswift}{dvc}, rclone {rclone}
{rest}
{tables}
## How it is measured

- Servers: Ceph's object gateway with its objects in memory, `sshd`, nginx with WebDAV and a password. All data and all other
  servers' files are on the file system above; `sync` runs before each clock starts.
- Every tool has as many connections as the title says. Times are medians of {rounds} runs, processor times those of the client with
  its children (`ssh`); peak memory is the highest of all runs, and at least the size of the bench itself.
- A time counts only after the result was compared: what was pulled or downloaded with what was sent, by `diff -r`.
- The files are those of docs/BENCHMARKS.md. rclone copies the tree itself, without digests of its own making.
- DVC runs once, with {fewer} files instead of all: its time for all is reckoned from the time of a push of nothing and, for
  each file more, from what these took. Where there is nothing to push it asks about all files.
- The project of dvswift is made by `dvswift init`: the cache is compressed, so a push also decodes and a pull also encodes.
  The large object is measured with a plain cache, as plain tools compress nothing, and once with a compressed one, as rclone
  runs once. dvswift verifies every object by its MD5 on the way out and in, which no plain tool does: one MD5 of 1 GiB takes
  about 1.5 s of one processor, and a push to S3 makes a second one, of its parts, for the server.
- A push of nothing is measured in a project of DVC, with what dvswift sent. Requests are counted by the server in a run of
  their own: from the counters of Ceph, the log of nginx, and what `sshd` was sent.
"""
