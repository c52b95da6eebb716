"""A file system in a file, for places where creating files takes long for no fault of any tool.

ext4 without a journal, as some virtual machines have it, looks on each creation at all inodes that were freed in the last
minute: ten times as long after something was removed, which a bench does all the time.
"""

import contextlib
import os
import pathlib
import subprocess

from tools import Failure

# So many bytes for each inode, as very small files need them.
BYTES_PER_INODE = 4_096
# Of the free space; the image is sparse, and takes only what was written.
SHARE = 0.9


def has_slow_creation(place):
    """Whether it is on ext4 without a journal."""
    number = os.stat(place).st_dev
    device = pathlib.Path(f"/sys/dev/block/{os.major(number)}:{os.minor(number)}")
    if not device.exists() or not pathlib.Path("/proc/fs/ext4", device.resolve().name).exists():
        return False
    return not list(pathlib.Path("/proc/fs/jbd2").glob(f"{device.resolve().name}-*"))


def run_quietly(*command):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if result.returncode != 0:
        raise Failure(f"{command[0]} ended with {result.returncode}: {result.stderr.strip()}")
    return result.stdout.strip()


def unmount(folder):
    """Even if some process, left of what was broken off, still has a file open."""
    try:
        run_quietly("umount", folder)
    except Failure:
        run_quietly("umount", "--lazy", folder)


@contextlib.contextmanager
def mounted_image(place):
    """The folder where a new ext4 is mounted, with a journal; needs root."""
    image, folder = place / "image", place / "mounted"
    found = os.statvfs(place)
    with open(image, "wb") as file:
        file.truncate(int(found.f_bavail * found.f_frsize * SHARE))
    try:
        run_quietly("mkfs.ext4", "-q", "-F", "-i", BYTES_PER_INODE, "-m", 0, image)
        # Without it all data would be cached twice.
        device = run_quietly("losetup", "--find", "--show", "--direct-io=on", image)
        try:
            folder.mkdir()
            run_quietly("mount", "-o", "noinit_itable", device, folder)
            try:
                yield folder
            finally:
                unmount(folder)
        finally:
            run_quietly("losetup", "--detach", device)
    finally:
        image.unlink()


@contextlib.contextmanager
def fair_place(place, progress):
    """The place itself, or an image there if files are created slowly, and what to say of it."""
    if not has_slow_creation(place):
        yield place
        return
    with contextlib.ExitStack() as stack:
        try:
            place = stack.enter_context(mounted_image(place))
            progress("ext4 without a journal creates files slowly: an image with another ext4 is used")
        except (Failure, OSError) as failure:
            progress(f"ext4 without a journal creates files slowly, and no image can be mounted: {failure}")
        yield place
