"""How the cost of each operation grows with the number of files and of stages."""

from datasets import write_line_files
from operations import measure_dataset
from tools import remove


def files_title(count):
    return f"{count:,} files of 1 KB"


def measure_files(place, tools, count, repetitions, progress):
    """Rows of all operations on so many small files."""
    source = place / "grown"
    write_line_files(source, count)
    rows = measure_dataset(files_title(count), source, place / "growth", tools, repetitions, progress)
    remove(source)
    return rows


def growth_curves(rows):
    """Operation: tool or "floor": [(number, seconds), …], of the operations measured more than once."""
    curves = {}
    for row in rows:
        count = int(row.section.split(" ")[0].replace(",", ""))
        panel = curves.setdefault(row.operation, {})
        for name, seconds in row.seconds.items():
            panel.setdefault(name, []).append((count, float(seconds)))
    return {
        operation: {name: sorted(curve) for name, curve in panel.items()}
        for operation, panel in curves.items() if any(len(curve) > 1 for curve in panel.values())
    }
