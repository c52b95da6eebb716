"""The data of the bench: always the same bytes, half of them text like CSV, half of them random."""

import functools
import math
import multiprocessing
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


def write_large_file(file, total, seed=SEED):
    """One file whose blocks of 1 MiB are text and random bytes by turns."""
    source = random.Random(seed)
    pool = text_pool(source)
    with open(file, "wb") as target:
        for number in range(total // BLOCK_BYTES):
            target.write(piece(source, pool, BLOCK_BYTES, number % 2 == 0))


def write_large_files(folder, count, total):
    """Files like that, which differ from the first byte."""
    folder.mkdir(parents=True)
    for number in range(count):
        write_large_file(folder / f"{number}.bin", total, SEED + number)


CLASSES = 1_000
IMAGE_BYTES = 110_000
IMAGE_START = bytes.fromhex("ffd8ffe000104a46494600010100000100010000")
IMAGE_END = bytes.fromhex("ffd9")


def image_classes(total):
    """Fewer than all if each would have hardly an image."""
    return max(1, min(CLASSES, total // IMAGE_BYTES // 10))


def write_images(folder, total):
    """A folder for each class, with files that do not compress, of log-normal sizes."""
    source = random.Random(SEED)
    deviation = 0.5
    mean = math.log(IMAGE_BYTES) - deviation**2 / 2
    classes = image_classes(total)
    for number in range(total // IMAGE_BYTES):
        name = f"n{number % classes * 7919 + 1440764:08}"
        if number < classes:
            (folder / name).mkdir(parents=True)
        size = int(source.lognormvariate(mean, deviation))
        content = IMAGE_START + source.randbytes(size) + IMAGE_END
        (folder / name / f"{name}_{number // classes}.JPEG").write_bytes(content)


FILES_PER_PART = 1_000


def tiny_text(number):
    return b"record %d\n" % number


def line_text(number):
    return b"record %08d,%d\n" % (number, number * 7919) * 40


def write_texts(text, folder, part, count):
    """The texts of the numbers that belong to a part, each in a file of its own."""
    parent = folder / f"{part:04}"
    parent.mkdir(parents=True)
    for number in range(count):
        file = os.open(parent / f"{number:03}.txt", os.O_WRONLY | os.O_CREAT, 0o644)
        os.write(file, text(part * FILES_PER_PART + number))
        os.close(file)


def write_nothing(folder, part, count):
    parent = folder / f"{part:04}"
    parent.mkdir(parents=True)
    for number in range(count):
        os.mknod(parent / f"{number:03}", 0o644)


def write_parts(write, folder, count):
    """`write` makes the files of each folder; all cores work."""
    parts = [
        (folder, part, min(FILES_PER_PART, count - part * FILES_PER_PART))
        for part in range(math.ceil(count / FILES_PER_PART))
    ]
    with multiprocessing.Pool(os.cpu_count()) as workers:
        workers.starmap(write, parts)


def write_tiny_files(folder, count):
    """One line each, all different: as many objects as files."""
    write_parts(functools.partial(write_texts, tiny_text), folder, count)


def write_line_files(folder, count):
    """Different texts of 1 KB."""
    write_parts(functools.partial(write_texts, line_text), folder, count)


def write_empty_files(folder, count):
    write_parts(write_nothing, folder, count)
