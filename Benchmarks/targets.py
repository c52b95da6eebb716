"""What dvswift is to reach, all in one place, and what a run says of it."""

import dataclasses
import typing

import large_pipelines
import memory
import metrics
import pipeline
import scale
import startup
from growth import files_title
from operations import ADD_CHANGED, CHECKOUT, FLOOR, PULL, PUSH, PUSH_AGAIN, STATUS

MEGABYTE = 10**6
MANY = files_title(100_000)
MILLION = files_title(1_000_000)
STAGES = pipeline.stages_title(1_000)
TEN_MILLION = memory.empty_title(10_000_000)
BYTES_PER_FILE, BYTES = 120, 100 * MEGABYTE


@dataclasses.dataclass(frozen=True)
class Target:
    """`figure` is what was measured, None if it was not; `show` makes it a text."""

    what: str
    limit: float
    is_at_least: bool
    figure: float | None
    show: typing.Callable
    # A figure that is at least this says nothing of what is to be at most something.
    is_bound: bool = False
    # What the plain tools would get, which do less.
    possible: float | None = None

    def is_out_of_reach(self):
        return self.is_at_least and self.possible is not None and self.possible < self.limit

    def is_met(self):
        return self.figure >= self.limit if self.is_at_least else self.figure <= self.limit

    def limit_text(self):
        return f"{'≥' if self.is_at_least else '≤'} {self.show(self.limit)}"

    def figure_text(self):
        return ("≥ " if self.is_bound else "") + self.show(self.figure)


def times(figure):
    return f"{figure:.3g} ×"


def duration(figure):
    return f"{figure * 1000:.3g} ms" if figure < 1 else f"{figure:.3g} s"


def megabytes(figure):
    return f"{figure / MEGABYTE:.0f} MB"


class Measured:
    """Finds the samples of a run."""

    def __init__(self, rows):
        self.rows = {(row.section, row.operation): row for row in rows}

    def sample(self, section, operation, name="dvswift"):
        row = self.rows.get((section, operation))
        return row.seconds.get(name) if row else None

    def faster(self, section, operation, limit):
        """Than DVC, by at least so many times."""
        ours, theirs = self.sample(section, operation), self.sample(section, operation, "dvc")
        ratio = theirs / ours if ours and theirs else None
        is_bound = bool(theirs) and theirs.is_bound
        floor = self.sample(section, operation, FLOOR)
        possible = theirs / floor if theirs and floor and not is_bound else None
        return Target(
            f"{section}: {operation}, DVC / dvswift", limit, True, ratio, times, is_bound, possible
        )

    def within(self, section, operation, other, limit, ours="dvswift", name=""):
        """At most so many times the time of another, which the table names `name`."""
        own, beside = self.sample(section, operation, ours), self.sample(section, operation, other)
        ratio = own / beside if own and beside else None
        label = {"plain": "dvswift without compression"}.get(ours, ours)
        return Target(
            f"{section}: {operation}, {label} / {name or other}", limit, False, ratio, times
        )

    def seconds(self, section, operation, limit):
        sample = self.sample(section, operation)
        return Target(f"{section}: {operation}", limit, False, sample, duration)

    def memory(self, section, operation, count):
        sample = self.sample(section, operation)
        return Target(
            f"{section}: {operation}, peak memory", BYTES_PER_FILE * count + BYTES, False,
            sample.peak_bytes if sample else None, megabytes,
        )

    def stage_cost(self, limit):
        """Of one stage, without the shell that every stage starts."""
        ours = self.sample(STAGES, pipeline.REPRO)
        floor = self.sample(STAGES, pipeline.REPRO, FLOOR)
        cost = (ours - floor) / 1_000 if ours and floor else None
        return Target(f"{STAGES}: cost of each, less its shell", limit, False, cost, duration)

    def titles(self, start):
        """Of the tables whose titles begin so."""
        return dict.fromkeys(section for section, _ in self.rows if section.startswith(start))


def small_targets(found, stripped):
    return [
        found.seconds(startup.TITLE, startup.VERSION, 0.006),
        found.seconds(startup.TITLE, startup.STATUS, 0.012),
        Target("stripped binary", 30 * MEGABYTE, False, stripped, megabytes),
    ]


def file_targets(found):
    return [
        found.faster(MANY, "add", 10),
        found.faster(MANY, STATUS, 25),
        found.faster(MANY, ADD_CHANGED, 50),
        found.faster(MANY, CHECKOUT, 10),
        found.faster(MANY, PULL, 15),
        found.faster(MANY, PUSH_AGAIN, 100),
        found.within(MANY, "add", FLOOR, 1.3, name="(md5sum + cp -r)"),
        found.within(MANY, CHECKOUT, FLOOR, 1.2, name="cp -r"),
        found.within(MANY, PUSH, FLOOR, 1.2, name="cp -r"),
        found.within(MANY, STATUS, FLOOR, 1.5, name="find -size +0"),
    ]


def stage_targets(found):
    return [
        found.faster(STAGES, pipeline.REPRO, 200),
        found.faster(STAGES, pipeline.NOTHING, 60),
        found.stage_cost(0.002),
    ]


def large_file_targets(found):
    for title in found.titles("Dud: 4 ×"):
        yield found.within(title, "add", "dvc", 1.1, name="DVC")
        yield found.within(title, "add", "dvc", 0.6, ours="plain", name="DVC")
        for ours in ("dvswift", "plain"):
            yield found.within(
                title, CHECKOUT, FLOOR, 1.2, ours=ours, name="cp -r"
            )


def scale_targets(found):
    operations = [operation for section, operation in found.rows if section == MILLION]
    return [
        found.within(MILLION, scale.STATUS, "git", 1, name="git status"),
        found.within(MILLION, scale.ADD_AGAIN, "git", 1, name="git status"),
        found.within(MILLION, scale.DIFF, "git", 2, name="git status"),
        found.within(MILLION, scale.DATA_STATUS, "git", 2, name="git status"),
        found.within(MILLION, scale.COLLECT, FLOOR, 1.5, name="find"),
        found.within(MILLION, scale.VERIFY_QUICK, FLOOR, 1.5, name="find -size +0"),
        found.within(MILLION, scale.VERIFY, FLOOR, 1, name="md5sum"),
        *(found.memory(MILLION, operation, 1_000_000) for operation in operations),
        found.memory(TEN_MILLION, "add", 10_000_000),
        found.memory(TEN_MILLION, STATUS, 10_000_000),
    ]


def pipeline_targets(found):
    title = large_pipelines.TITLE
    return [
        found.seconds(title, f"{pipeline.NOTHING}, 1,000 stages", 0.1),
        found.seconds(title, "repro, one parameter changed, 1,000 stages", 0.1),
        found.seconds(title, "loading 10,000 stages of one foreach", 1),
        found.within(title, large_pipelines.JOBS, FLOOR, 1 / 1.8, name="-j 1"),
        found.seconds(metrics.TITLE, f"metrics diff, {metrics.COMMITS} commits", 0.3),
        found.seconds(metrics.TITLE, f"metrics show -A, {metrics.COMMITS} commits", 0.3),
        found.seconds(metrics.TITLE, "log of a path over 1,000 commits", 0.2),
    ]


def targets(rows, stripped):
    """All targets, with what was measured."""
    found = Measured(rows)
    groups = [
        small_targets(found, stripped), file_targets(found), large_file_targets(found),
        stage_targets(found), scale_targets(found), pipeline_targets(found),
    ]
    return [target for group in groups for target in group]
