"""The data of the bench: always the same bytes, half of them text like CSV, half of them random."""

import os
import random

SEED = 20240607
POOL_BYTES = 8 << 20
BLOCK_BYTES = 1 << 20
FILES_PER_FOLDER = 200


def text_pool(source):
    """Rows of a table, from which the text of all files is cut."""
    rows, size = [], 0
    while size < POOL_BYTES:
        row = (
            f"{source.randrange(10**6)},2024-{source.randint(1, 12):02}-{source.randint(1, 28):02},"
            f"{source.choice(('north', 'south', 'east', 'west'))},{source.gauss(20, 8):.3f},"
            f"{source.gauss(1013, 9):.2f},{source.choice(('ok', 'ok', 'ok', 'late', 'missing'))}\n"
        ).encode()
        rows.append(row)
        size += len(row)
    return b"".join(rows)


def piece(source, pool, size, is_text):
    if not is_text:
        return source.randbytes(size)
    start = source.randrange(len(pool) - size)
    return pool[start : start + size]


def write_files(folder, count, total):
    """`count` different files of `total` bytes together, from 20 to 180 % of the mean."""
    source = random.Random(SEED)
    pool = text_pool(source)
    mean = total // count
    for number in range(count):
        parent = folder / f"part{number // FILES_PER_FOLDER:03}"
        if number % FILES_PER_FOLDER == 0:
            parent.mkdir(parents=True)
        is_text = number % 2 == 0
        size = source.randint(mean // 5, mean * 9 // 5)
        title = f"id,date,region,temperature,pressure,state {number}\n".encode()
        name = f"{number:06}.{'csv' if is_text else 'bin'}"
        (parent / name).write_bytes(title + piece(source, pool, size, is_text))


def write_large_file(file, total):
    """One file whose blocks of 1 MiB are text and random bytes by turns."""
    source = random.Random(SEED)
    pool = text_pool(source)
    with open(file, "wb") as target:
        for number in range(total // BLOCK_BYTES):
            target.write(piece(source, pool, BLOCK_BYTES, number % 2 == 0))


def write_tiny_files(folder, count):
    """One line each, all different: as many objects as files."""
    for number in range(count):
        if number % 1000 == 0:
            parent = folder / f"{number // 1000:04}"
            parent.mkdir(parents=True)
        file = os.open(parent / f"{number % 1000:03}.txt", os.O_WRONLY | os.O_CREAT, 0o644)
        os.write(file, b"record %d\n" % number)
        os.close(file)


def write_line_files(folder, count):
    """Different texts of 1 KB."""
    for number in range(count):
        if number % 1000 == 0:
            parent = folder / f"{number // 1000:04}"
            parent.mkdir(parents=True)
        file = os.open(parent / f"{number % 1000:03}.txt", os.O_WRONLY | os.O_CREAT, 0o644)
        os.write(file, b"record %08d,%d\n" % (number, number * 7919) * 40)
        os.close(file)


def write_empty_files(folder, count):
    for number in range(count):
        if number % 1000 == 0:
            parent = folder / f"{number // 1000:04}"
            parent.mkdir(parents=True)
        os.mknod(parent / f"{number % 1000:03}", 0o644)
