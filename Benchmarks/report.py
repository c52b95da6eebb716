"""The results as text: on the terminal and in docs/BENCHMARKS.md."""

import datetime
import os
import pathlib
import platform
import re
import subprocess

MEBIBYTE = 1 << 20


def first_line(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout.split("\n")[0]


def machine(place):
    """What the figures depend on: name, value."""
    processor = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return {
        "Processor": f"{processor[1] if processor else platform.machine()}, {os.cpu_count()} cores",
        "Memory": f"{memory:.0f} GiB",
        "File system": first_line("findmnt", "-n", "-o", "FSTYPE", "-T", str(place)),
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
    if len(sample.runs) == 1:
        return seconds_text(sample)
    return f"{seconds_text(sample)} ({seconds_text(sample.runs[0])} to {seconds_text(sample.runs[-1])})"


OTHERS = ["git", "git-lfs", "git-annex"]


def row_cells(row):
    ours, theirs = row.seconds["dvswift"], row.seconds.get("dvc")
    ratio = theirs / ours if theirs else None
    target = result = ""
    if row.target is not None:
        target, result = f"≥ {row.target:g}", verdict(ratio >= row.target)
    floor = seconds_text(row.floor) + (f" ({row.floor_name})" if row.floor_name else "")
    own = f"{ours / row.floor:.1f}" if row.floor else "–"
    runs = [len(row.seconds[name].runs) for name in ("dvswift", "dvc") if name in row.seconds]
    return [
        row.operation, floor, sample_text(theirs), sample_text(ours),
        f"{ratio:.1f}" if ratio else "–", own, target, result, " / ".join(map(str, runs)),
        *(seconds_text(row.seconds.get(name)) for name in OTHERS),
    ]


HEADINGS = [
    "operation", "floor", "DVC", "dvswift", "DVC / dvswift", "dvswift / floor",
    "target", "", "runs", *OTHERS,
]


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


def figure_rows(results):
    """What has no counterpart in DVC worth a ratio."""
    version = results.version_seconds
    rows = [
        ["`--version`", seconds_text(version["dvswift"]), "≤ 10 ms",
         verdict(version["dvswift"] <= 0.010), f"DVC: {seconds_text(version['dvc'])}"],
    ]
    for count, cost in results.own_costs.items():
        rows.append(
            [f"own cost of a stage, {count} stages", f"{cost * 1000:.2f} ms", "< 2 ms",
             verdict(cost < 0.002), "time of `repro` less that of as many shells"]
        )
    for operation, (peak, seconds) in results.memory.items():
        rows.append(
            [f"peak memory of {operation}, {results.empty_files:,} empty files",
             f"{peak / MEBIBYTE:.0f} MiB", "< 400 MB", verdict(peak < 400_000_000),
             seconds_text(seconds)]
        )
    return rows


FIGURE_HEADINGS = ["figure", "dvswift", "target", "", "note"]


SCALE_HEADINGS = [
    "operation", "floor", "dvswift", "dvswift / floor", "target", "", "peak memory",
]

SCALE_MEMORY = 500_000_000


def scale_cells(row):
    ratio = row.seconds / row.floor if row.floor else None
    floor = f"{seconds_text(row.floor)} ({row.floor_name})" if row.floor else "–"
    if row.limit is None:
        target, is_met = f"≤ {row.target:.2g} × floor", ratio <= row.target
    else:
        target, is_met = f"≤ {seconds_text(row.limit)}", row.seconds <= row.limit
    return [
        row.operation, floor, seconds_text(row.seconds),
        f"{ratio:.1f}" if ratio else "–", f"{target}, < 500 MB", verdict(is_met and row.peak_bytes < SCALE_MEMORY),
        f"{row.peak_bytes / MEBIBYTE:.0f} MiB",
    ]


def scale_tables(results):
    """Title: rows of cells."""
    return {
        f"{results.tiny_files:,} files of one line": map(scale_cells, results.scale_rows),
        "Large pipelines": map(scale_cells, results.pipeline_rows),
    }


def sections(rows):
    grouped = {}
    for row in rows:
        grouped.setdefault(row.section, []).append(row_cells(row))
    return grouped


def terminal_text(results):
    parts = [
        f"{name}\n{plain_table(HEADINGS, rows)}" for name, rows in sections(results.rows).items()
    ]
    for name, rows in sections(results.growth_rows).items():
        parts.append(f"{name}\n{plain_table(HEADINGS, rows)}")
    for title, rows in scale_tables(results).items():
        parts.append(f"{title}\n{plain_table(SCALE_HEADINGS, rows)}")
    parts.append(plain_table(FIGURE_HEADINGS, figure_rows(results)))
    return "\n".join(parts)


def markdown_text(results):
    facts = "\n".join(f"- {name}: {value}" for name, value in results.machine.items())
    tables = "\n".join(
        f"## {name[0].upper()}{name[1:]}\n\n{markdown_table(HEADINGS, rows)}"
        for name, rows in sections(results.rows).items()
    )
    growth = "\n".join(
        f"### {name}\n\n{markdown_table(HEADINGS, rows)}"
        for name, rows in sections(results.growth_rows).items()
    )
    scale = "\n".join(
        f"## {title}\n\n{markdown_table(SCALE_HEADINGS, rows)}"
        for title, rows in scale_tables(results).items()
    )
    return f"""\
# Benchmarks

Written by `make bench` on {today()}; run it again to measure your machine (about half an hour; `make bench-quick`
takes less than 3 minutes on smaller data and only prints). Figures of shared machines drift: the ratios count, whose
sides ran by turns in one session. Transfers to servers are in [BENCHMARKS-REMOTES.md](BENCHMARKS-REMOTES.md).

{facts}
- dvswift {results.versions['dvswift']}, DVC {results.versions['dvc']}, {first_line('git', '--version')}

{tables}
## Growth

Seconds over the number of files or stages, both logarithmic; the grey line is the plain tool in the column "floor".

![Growth curves](benchmarks.svg)

{growth}
{scale}
## Other figures

{markdown_table(FIGURE_HEADINGS, figure_rows(results))}
## How it is measured

- The data comes from a fixed seed; half of the bytes is text like CSV, half is random.
- DVC has its default settings: it keeps plain copies. The project of dvswift is made by `dvswift init`, which turns
  compression on (`auto`), so it also compresses while it adds and pushes, and stages its pointers in Git.
- Times are medians, with the fastest and the slowest run behind them; the column "runs" says how many (dvswift / DVC). The
  tools run by turns. A tool gets 40 seconds for its runs of one operation, five runs at most, one at least. The page
  cache is warm; `sync` runs before each clock starts.
- git-lfs tracks all of `data`; git-annex has its defaults (locked files, SHA-256); plain Git keeps the data itself. Their `add`
  is `git add` or `git annex add`, checkout is `git checkout`, push and pull are `git push` to and `git clone` from a bare
  repository on the same disk. What does something else is left out.
- A time counts only after its result was compared: `diff -r` against the source after add, checkout and pull.
  That add stored the right content is shown by the checkout that follows, and push by the pull.
- The floor is a plain tool on the same data: what reading and digesting, copying, or starting as many shells takes.
  It does less than the operation beside it.
- The first run of 1,000 stages is left out for DVC, as it takes 8 minutes and more. What it then finds nothing to do
  in was made by dvswift, in a project of DVC, and looked at once by DVC before the clock starts.
- At a million files DVC is left out, as it takes minutes for each step. `git status` is that of a repository that tracks the
  same files; its blobs are not stored, which status does not need. `verify --quick` asks every object for its size, and so
  does its floor.
- The targets for 20,000 files are those of the first working version; those for 100,000 files those of the version for scale.
"""
