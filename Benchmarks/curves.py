"""Growth curves as one SVG: a panel for each operation, both axes logarithmic."""

import html
import math

COLOURS = {
    "dvswift": "#c2410c", "dvc": "#1d4ed8", "git": "#15803d", "git-lfs": "#7e22ce",
    "git-annex": "#a16207",
}
FLOOR_COLOUR = "#6b7280"
LABELS = {"dvc": "DVC"}
WIDTH, HEIGHT = 300, 220
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 30, 34
COLUMNS = 3
LEGEND_HEIGHT = 34


def decades(values):
    """The powers of ten around all values, as exponents."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def number_text(exponent):
    return {0: "1", 1: "10", 2: "100", 3: "1k", 4: "10k", 5: "100k", 6: "1M", 7: "10M"}[exponent]


def time_text(exponent):
    return f"{10 ** exponent} s" if exponent >= 0 else f"{10 ** (exponent + 3)} ms"


class Panel:
    """One operation: {tool: [(number, seconds), …]}."""

    def __init__(self, title, curves):
        self.title = title
        self.curves = curves
        points = [point for curve in curves.values() for point in curve]
        self.numbers = decades([number for number, _ in points])
        self.times = decades([max(seconds, 0.0011) for _, seconds in points])

    def x(self, number):
        low, high = self.numbers
        return LEFT + (math.log10(number) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def y(self, seconds):
        low, high = self.times
        share = (math.log10(max(seconds, 0.0011)) - low) / (high - low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    def draw(self):
        yield f'<text x="{LEFT}" y="18" class="title">{html.escape(self.title)}</text>'
        yield from self.grid()
        for name, curve in self.curves.items():
            yield from self.line(name, curve)

    def grid(self):
        for exponent in range(self.numbers[0], self.numbers[1] + 1):
            x = self.x(10 ** exponent)
            yield f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" class="grid"/>'
            yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 15}" class="below">{number_text(exponent)}</text>'
        for exponent in range(self.times[0], self.times[1] + 1):
            y = self.y(10 ** exponent)
            yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" class="grid"/>'
            yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" class="beside">{time_text(exponent)}</text>'

    def line(self, name, curve):
        colour = COLOURS.get(name, FLOOR_COLOUR)
        dash = "" if name in COLOURS else ' stroke-dasharray="4 3"'
        points = " ".join(f"{self.x(number):.1f},{self.y(seconds):.1f}" for number, seconds in curve)
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
        for number, seconds in curve:
            yield f'<circle cx="{self.x(number):.1f}" cy="{self.y(seconds):.1f}" r="2.5" fill="{colour}"/>'


def legend(names):
    x = LEFT
    for name in names:
        colour = COLOURS.get(name, FLOOR_COLOUR)
        yield f'<path d="M{x} 17h18" stroke="{colour}" stroke-width="2"/>'
        yield f'<text x="{x + 24}" y="21">{LABELS.get(name, name)}</text>'
        x += 48 + 7 * len(name)


def svg(curves):
    """A self-contained picture of what `growth_curves` gives."""
    names = dict.fromkeys(name for panel in curves.values() for name in panel)
    known = [name for name in COLOURS if name in names]
    parts = list(legend([*known, "floor: the plain tool of the table"]))
    for index, (title, panel) in enumerate(curves.items()):
        x, y = index % COLUMNS * WIDTH, LEGEND_HEIGHT + index // COLUMNS * HEIGHT
        parts += [f'<g transform="translate({x} {y})">', *Panel(title, panel).draw(), "</g>"]
    width = COLUMNS * WIDTH
    height = LEGEND_HEIGHT + math.ceil(len(curves) / COLUMNS) * HEIGHT
    style = (
        "text{font:11px sans-serif;fill:#374151}.title{font-weight:bold;fill:#111827}"
        ".below{text-anchor:middle}.beside{text-anchor:end}.grid{stroke:#e5e7eb}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><style>{style}</style>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )
