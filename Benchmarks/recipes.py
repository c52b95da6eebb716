"""Data sets that others publish figures of, rebuilt from fixed seeds."""

import dataclasses
import typing

import datasets
from operations import measure_dataset
from tools import remove

GIGABYTE = 10**9
METHODS = ("add", "status", "checkout", "push", "pull")
# Seconds of a tool in one operation, with preparing and comparing.
RECIPE_BUDGET = 20
# Of few files, whose times vary with what else is in memory.
LARGE_BUDGET = 40
# On a disk that has room for less than this share, a recipe is left out.
LEAST_SHARE = 0.1


@dataclasses.dataclass(frozen=True)
class Recipe:
    """`write` makes the data in a folder; `participants` names the tools beside dvswift and DVC."""

    name: str
    title: str
    write: typing.Callable
    total: int
    files: int
    participants: tuple = ()
    budget: int = RECIPE_BUDGET


def size_text(total):
    return f"{total / GIGABYTE:.3g} GB" if total >= GIGABYTE // 2 else f"{total / 10**6:.3g} MB"


def dud_many(count):
    total = count * 100_000
    return Recipe(
        "dud-many", f"Dud: {count:,} × 100 KB, {size_text(total)}",
        lambda folder: datasets.write_files(folder, count, total), total, count,
    )


def dud_large(total):
    """Dud has 4 files of a gigabyte each."""
    return Recipe(
        "dud-large", f"Dud: 4 × {size_text(total // 4)}",
        lambda folder: datasets.write_large_files(folder, 4, total // 4), total, 4, ("plain",),
        LARGE_BUDGET,
    )


def xvc_files(count):
    """Xvc has small images; a kilobyte each, like those of hand-written digits."""
    total = count * 1_000
    return Recipe(
        "xvc-files", f"Xvc: {count:,} files, {size_text(total)}",
        lambda folder: datasets.write_files(folder, count, total), count * 4_096, count,
        ("git", "git-lfs", "git-annex"),
    )


def imagenet(total):
    count, classes = total // datasets.IMAGE_BYTES, datasets.image_classes(total)
    return Recipe(
        "imagenet", f"ImageNet: {classes:,} classes, {count:,} images, {size_text(total)}",
        lambda folder: datasets.write_images(folder, total), total, count,
    )


def measure_recipe(place, recipe, tools, repetitions, progress):
    """`tools` are all there are; the first two take part in every recipe."""
    source = place / "recipe"
    progress(f"{recipe.title}: create")
    recipe.write(source)
    able = [*tools[:2], *(tool for tool in tools[2:] if tool.name in recipe.participants)]
    rows = measure_dataset(
        recipe.title, source, place / "data", able, min(3, repetitions), progress, METHODS,
        recipe.budget,
    )
    remove(source)
    return rows
