"""What dvswift does while its time passes, by samples of `perf`, in groups."""

import collections
import re
import shutil
import subprocess

# A clock, as virtual machines often have no counters.
RECORD = ["perf", "record", "--quiet", "-e", "cpu-clock", "-F", "999", "-g", "-o"]
# What is being done, and what the stack of a sample then has, the first that fits: in the kernel, …
IN_KERNEL = {
    "creating files": r"(ext4|xfs|btrfs|shmem)_(create|mknod|tmpfile)|lookup_open.*create|vfs_tmpfile",
    "linking and renaming": r"sys_(link|rename)|do_(link|rename)",
    "removing files": r"sys_(unlink|rmdir)|do_(unlink|rmdir)",
    "making folders": r"sys_mkdir|do_mkdir",
    "reading": r"sys_p?read|sys_preadv|ksys_p?read",
    "writing": r"sys_p?write|ksys_p?write|sys_copy_file_range|sys_ftruncate|sys_fallocate",
    "syncing to the disk": r"sys_f(data)?sync|do_fsync",
    "asking for status": r"sys_(new)?(f|l)?stat|vfs_statx|vfs_fstat|sys_statx",
    "listing folders": r"getdents",
    "opening and closing": r"sys_open|sys_close|do_sys_open|task_work_run|__fput",
    "modes and times": r"sys_f?chmod|sys_utime|sys_fchown|do_fchmod",
    "memory": r"page_fault|sys_mmap|ksys_mmap|sys_munmap|sys_madvise|sys_brk|sys_mprotect|exit_mmap",
    "waiting and waking": r"futex|schedule|sched_yield",
}
# … and by the function at the top, in the program.
IN_PROGRAM = {
    "zstd": r"^(ZSTD|HUF|FSE|HIST|XXH)",
    "MD5": r"(?i)md5",
    "state store": r"^(sqlite3|mdb_|getCache|pcache|btree)|State|Record",
    "Swift's runtime": r"^(swift_|_swift)",
    "allocation and copying": r"^(_?_?(malloc|free|calloc|realloc|cfree|_int_|mem)|__GI___(mem|libc_m))",
}
OTHER_KERNEL, OTHER_PROGRAM = "kernel, other", "dvswift's own code"
FRAME = re.compile(r"\s*[0-9a-f]+ (.*) \(([^)]*)\)$")


def can_sample(place):
    """Whether `perf` is there and allowed."""
    if shutil.which("perf") is None:
        return False
    probe = subprocess.run([*RECORD, place / "probe.perf", "true"], capture_output=True)
    return probe.returncode == 0


def shares(samples):
    """Group: its share of the samples in per cent, largest first."""
    text = subprocess.run(
        ["perf", "script", "-i", samples, "-F", "ip,sym,dso"], check=True, capture_output=True, text=True
    ).stdout
    counts = collections.Counter(
        group(stack.splitlines()) for stack in text.split("\n\n") if stack.strip()
    )
    total = sum(counts.values())
    return tuple((name, 100 * count / total) for name, count in counts.most_common())


def group(lines):
    frames = [match.groups() for match in map(FRAME.match, lines) if match]
    if not frames:
        return OTHER_PROGRAM
    in_kernel = " ".join(symbol for symbol, library in frames if "kernel" in library)
    if in_kernel:
        return first_fitting(IN_KERNEL, in_kernel, OTHER_KERNEL)
    return first_fitting(IN_PROGRAM, frames[0][0], OTHER_PROGRAM)


def first_fitting(groups, text, otherwise):
    return next((name for name, pattern in groups.items() if re.search(pattern, text)), otherwise)
