"""What a run needs of the disk, and what there is."""

import dataclasses
import os

GIGABYTE = 10**9
# Of a file on a file system whose blocks have 4 KiB, with its part of a folder.
FILE_BYTES = 4_500


@dataclasses.dataclass(frozen=True)
class Need:
    """Bytes and files at the same time."""

    size: int
    files: int

    def __str__(self):
        return f"{self.size / GIGABYTE:.1f} GB and {self.files:,} files"

    def fits(self, free):
        return self.size <= free.size and self.files <= free.files


def free_space(place):
    """Of which a tenth stays free. Some file systems have no limit of files."""
    found = os.statvfs(place)
    files = found.f_favail if found.f_files else 1 << 62
    return Need(found.f_bavail * found.f_frsize * 9 // 10, files * 9 // 10)


NOTHING = Need(GIGABYTE // 10, 10_000)


def dataset_need(recipe, participants):
    """The data, its copies in the workspace, the cache and the remote of each tool, two for a clone or a floor."""
    copies = 3 + 3 * participants
    return Need(copies * recipe.total, copies * recipe.files)


def small_files_need(count, copies):
    return Need(count * copies * FILE_BYTES, count * copies + 10_000)
