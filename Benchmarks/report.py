"""The results as text: on the terminal and in docs/BENCHMARKS.md."""

import datetime
import os
import pathlib
import platform
import re
import subprocess

from image import has_slow_creation
from operations import FLOOR
from profiles import NEXT_STEPS
from targets import megabytes, targets


def first_line(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout.split("\n")[0]


def machine(place):
    """What the figures depend on: name, value."""
    processor = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return {
        "Processor": f"{processor[1] if processor else platform.machine()}, {os.cpu_count()} cores",
        "Memory": f"{memory:.0f} GiB",
        "File system": first_line("findmnt", "-n", "-o", "FSTYPE", "-T", str(place))
        + (", in an image" if place.name == "mounted" else "")
        + (", without a journal" if has_slow_creation(place) else ""),
        "Kernel": platform.release(),
        "Load at the start": f"{os.getloadavg()[0]:.1f}",
    }


def today():
    return datetime.date.today().isoformat()


def seconds_text(seconds):
    if seconds is None:
        return "–"
    if seconds < 0.1:
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"


def verdict(is_met):
    return "met" if is_met else "**not met**"


def sample_text(sample):
    """Median and spread."""
    if sample is None:
        return "–"
    if sample.is_bound:
        return f"≥ {seconds_text(sample)}"
    if len(sample.runs) == 1:
        return seconds_text(sample)
    first, last = seconds_text(sample.runs[0]), seconds_text(sample.runs[-1])
    return f"{seconds_text(sample)} ({first} to {last})"


# Columns after those that every table has, where one of its rows has them.
OTHERS = {
    "plain": "dvswift, compression off", "git": "git", "git-lfs": "git-lfs", "git-annex": "git-annex",
}


def ratio_text(upper, lower):
    if upper is None or not lower:
        return "–"
    ratio = upper / lower
    text = f"{ratio:.2f}" if ratio < 10 else f"{ratio:.1f}" if ratio < 100 else f"{ratio:.0f}"
    return ("≥ " if getattr(upper, "is_bound", False) else "") + text


def floor_text(row):
    floor = row.seconds.get(FLOOR)
    return f"{seconds_text(floor)} ({row.floor_name})" if floor is not None else "–"


def runs_text(row, names):
    return " / ".join(str(len(row.seconds[name].runs)) for name in names if name in row.seconds)


def table(rows):
    """Headings and cells of one section: columns that no row has are left out."""
    names = {name for row in rows for name in row.seconds}
    columns = {"operation": lambda row: row.operation}
    if FLOOR in names:
        columns["floor"] = floor_text
    if "dvc" in names:
        columns["DVC"] = lambda row: sample_text(row.seconds.get("dvc"))
    columns["dvswift"] = lambda row: sample_text(row.seconds["dvswift"])
    if "dvc" in names:
        columns["DVC / dvswift"] = lambda row: ratio_text(row.seconds.get("dvc"), row.seconds["dvswift"])
    if FLOOR in names:
        columns["dvswift / floor"] = lambda row: ratio_text(row.seconds["dvswift"], row.seconds.get(FLOOR))
    for name in OTHERS:
        if name in names:
            columns[OTHERS[name]] = lambda row, name=name: sample_text(row.seconds.get(name))
    columns["peak memory"] = lambda row: memory_text(row.seconds["dvswift"].peak_bytes)
    columns["runs"] = lambda row: runs_text(row, ("dvswift", "dvc"))
    return list(columns), [[cell(row) for cell in columns.values()] for row in rows]


def memory_text(size):
    return megabytes(size) if size else "–"


def markdown_table(headings, rows):
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def plain_table(headings, rows):
    rows = [[cell.replace("**", "") for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headings, *rows)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
        for row in [headings, *rows]
    )
    return "\n".join(lines) + "\n"


TARGET_HEADINGS = ["target", "limit", "measured", ""]


def target_rows(results):
    return [
        [target.what, target.limit_text(), *figure_cells(target)]
        for target in targets(results.all_rows(), results.stripped)
    ]


def figure_cells(target):
    if target.figure is None:
        return ["–", "not measured"]
    verdict_text = verdict(target.is_met())
    if not target.is_met():
        if target.is_bound:
            verdict_text = "open"
        elif target.is_out_of_reach():
            verdict_text = f"out of reach: the plain tools {target.show(target.possible)}"
    return [target.figure_text(), verdict_text]


PROFILE_HEADINGS = [
    "operation", "time", "user", "system", "samples", "calls by share of the system time, with their number",
]
MOST_SHARES = 8


def profile_rows(results):
    return [
        [
            profile.operation, seconds_text(profile.seconds), seconds_text(profile.user_seconds),
            seconds_text(profile.system_seconds), shares_text(profile.shares), calls_text(profile.calls),
        ]
        for profile in results.profiles
    ]


def shares_text(shares):
    return ", ".join(f"{name} {share:.0f} %" for name, share in shares[:MOST_SHARES]) or "–"


def calls_text(calls):
    return ", ".join(f"`{name}` {share:.0f} % ({count:,})" for name, share, count in calls) or "–"


def sections(rows):
    """Title: rows."""
    grouped = {}
    for row in rows:
        grouped.setdefault(row.section, []).append(row)
    return grouped


def terminal_text(results):
    """Targets that were not measured are of no interest there."""
    measured = [row for row in target_rows(results) if row[2] != "–"]
    parts = [plain_table(TARGET_HEADINGS, measured)] if measured else []
    parts += [f"{title}\n{plain_table(*table(rows))}" for title, rows in sections(results.all_rows()).items()]
    if results.profiles:
        parts.append(plain_table(PROFILE_HEADINGS, profile_rows(results)))
    parts += [f"left out: {name}: {reason}\n" for name, reason in results.left_out.items()]
    return "\n".join(parts)


def markdown_tables(level, rows):
    return "\n".join(
        f"{level} {title[0].upper()}{title[1:]}\n\n{markdown_table(*table(some))}"
        for title, some in sections(rows).items()
    )


def left_out_text(results):
    lines = "".join(f"- {name}: {reason}\n" for name, reason in results.left_out.items())
    return f"Left out:\n\n{lines}\n" if lines else ""


def profiles_text(results):
    if not results.profiles:
        return "Not measured.\n"
    steps = "".join(f"- {profile.operation}: {NEXT_STEPS[profile.operation]}\n" for profile in results.profiles)
    return f"{markdown_table(PROFILE_HEADINGS, profile_rows(results))}\nWhat would be next:\n\n{steps}"


def markdown_text(results):
    facts = "\n".join(f"- {name}: {value}" for name, value in results.machine.items())
    return f"""\
# Benchmarks

Written by `make bench` on {today()}; run it again to measure your machine (about {TOTAL_MINUTES} minutes; `make bench-quick`
takes less than 3 minutes on smaller data and only prints). Figures of shared machines drift: the ratios count, whose
sides ran by turns in one session. Transfers to servers are in [BENCHMARKS-REMOTES.md](BENCHMARKS-REMOTES.md).

{facts}
- dvswift {results.versions['dvswift']}, DVC {results.versions['dvc']}, {first_line('git', '--version')}

## Targets

{markdown_table(TARGET_HEADINGS, target_rows(results))}
{left_out_text(results)}{markdown_tables("##", results.all_rows("startup"))}
## Published recipes

Data sets that others publish figures of, built from fixed seeds: those of Dud and Xvc (its pipelines are below), and a tree
like that of ImageNet, as large as the disk and the time allow.

{markdown_tables("###", results.all_rows("recipes"))}
## Growth

Seconds over the number of files or stages, both logarithmic; the grey line is the plain tool in the column "floor".

![Growth curves](benchmarks.svg)

{markdown_tables("###", results.all_rows("growth", "scale", "stages"))}
## Very many empty files

{markdown_tables("###", results.all_rows("memory"))}
## Pipelines and history

{markdown_tables("###", results.all_rows("pipelines"))}
## Where the time goes

Seconds of an undisturbed run, with those of the processors in dvswift and in the kernel. Samples are those of `perf` in another
run: what was being done on any core. The calls are counted by `strace`, which makes them slower, in a third one.

{profiles_text(results)}
{METHOD}"""


TOTAL_MINUTES = 40
METHOD = """\
## How it is measured

- The data comes from fixed seeds. Half of the bytes is text like CSV, half is random; images are random; files of 1 KB repeat a
  line.
- DVC has its default settings: it keeps plain copies. The project of dvswift is made by `dvswift init`, which turns
  compression on (`auto`), so it also compresses while it adds and pushes, and stages its pointers in Git. "Compression off" is
  `cache.compression = none`.
- Times are medians, with the fastest and the slowest run behind them; the column "runs" says how many (dvswift / DVC). The
  tools and the floor run by turns. Each gets 40 seconds for its runs of one operation, with preparing and comparing, 20 seconds
  in recipes of many files; one run at least. The page cache is warm; `sync` runs before each clock starts.
- git-lfs tracks all of `data`; git-annex has its defaults (locked files, SHA-256); plain Git keeps the data itself. Their `add`
  is `git add` or `git annex add`, checkout is `git checkout`, push and pull are `git push` to and `git clone` from a bare
  repository on the same disk. What does something else is left out.
- A time counts only after its result was compared: `diff -r` against the source, or the MD5 of all files of a million, after
  add, checkout and pull. That add stored the right content is shown by the checkout that follows, and push by the pull.
- The floor is a plain tool on the same data: what reading and digesting, copying, or starting as many shells takes.
  It does less than the operation beside it. Where it is not so many times as fast as DVC as a target asks, the target is out of
  reach. All stages are run by `/bin/sh`.
- DVC is stopped in the first run of 1,000 stages after 90 seconds: "≥" is what it would take at least, were the other stages as
  fast as the last it did (they take longer and longer). What it then finds nothing to do in was made by dvswift, in a project of
  DVC, and looked at once by DVC before the clock starts.
- At a million files DVC is left out, as it takes minutes for each step. `git status` is that of a repository that tracks the
  same files; its blobs are not stored, which status does not need. `verify --quick` asks every object for its size, and so
  does its floor.
- Peak memory is that of dvswift; the bench, which starts it, is counted below some 60 MB.
- Where the disk has ext4 without a journal, which takes ten times as long to create files for a minute after others were
  removed, the bench runs in an image that is mounted (as root; "in an image" above).
- What does not fit the disk or would not end in time is left out, recipes shrink, and the report says so.
"""
