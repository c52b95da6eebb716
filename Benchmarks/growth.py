"""How the cost of each operation grows with the number of files and of stages."""

from datasets import write_line_files
from operations import measure_dataset
from pipeline import measure_pipeline
from tools import remove

# Above this only dvswift is measured: DVC takes minutes for each step.
MOST_FILES_OF_DVC = 100_000


def measure_growth(place, tools, file_counts, stage_counts, targets, repetitions, progress):
    """Rows for each number of files of 1 KB, then for each number of stages; `tools` begins with dvswift."""
    rows = []
    for count in file_counts:
        source = place / "grown"
        write_line_files(source, count)
        able = tools if count <= MOST_FILES_OF_DVC else tools[:1]
        rows += measure_dataset(
            f"{count:,} files of 1 KB", source, place / "growth", able,
            targets if count == MOST_FILES_OF_DVC else {}, repetitions(count), progress,
        )
        remove(source)
    for count in stage_counts:
        rows += measure_pipeline(
            place / "pipelines", tools, count, {}, repetitions(100 * count), progress
        )
    return rows


def growth_curves(rows):
    """Operation: tool or "floor": [(number, seconds), …], as the rows have them."""
    curves = {}
    for row in rows:
        count = int(row.section.split(" ")[0].replace(",", ""))
        panel = curves.setdefault(row.operation, {})
        times = dict(row.seconds)
        if row.floor is not None:
            times[row.floor_name] = row.floor
        for name, seconds in times.items():
            panel.setdefault(name, []).append((count, float(seconds)))
    return curves
