"""The memory over time as SVG."""

from collections.abc import Sequence
from html import escape

from benchmarks.process.memory import Soak

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 740, 320, 60, 40, 100, 40
_COLOURS = ("#4c78a8", "#f58518")
_GOAL_COLOUR = "#b2182b"


def as_svg(soaks: Sequence[Soak], goal: float) -> str:
    """Draw a line for each soak, from 0 MB up, and one for the goal."""
    seconds = max(soak.points[-1].seconds for soak in soaks)
    top = 1.1 * max(goal, *(soak.highest for soak in soaks))
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM

    def x(at: float) -> float:
        return _LEFT + (right - _LEFT) * at / seconds

    def y(megabytes: float) -> float:
        return bottom - (bottom - _TOP) * megabytes / top

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        '<text x="12" y="24">Resident memory of a worker under load, MB</text>',
        f'<path d="M{_LEFT} {_TOP}V{bottom}H{right}" fill="none" stroke="#222222"/>',
        f'<path d="M{_LEFT} {y(goal):.1f}H{right}" stroke="{_GOAL_COLOUR}" stroke-dasharray="6 4"/>',
        f'<text x="{right + 8}" y="{y(goal) + 5:.1f}" fill="{_GOAL_COLOUR}">goal</text>',
        *(
            f'<text x="{_LEFT - 8}" y="{y(each) + 5:.1f}" text-anchor="end">{each}</text>'
            for each in range(0, int(top), 20)
        ),
        f'<text x="{right}" y="{bottom + 24}" text-anchor="end">{seconds:.0f} s</text>',
    ]
    for number, (soak, colour) in enumerate(zip(soaks, _COLOURS, strict=False), 1):
        line = " ".join(f"{x(point.seconds):.1f},{y(point.megabytes):.1f}" for point in soak.points)
        below, name = y(goal) + 5 + 20 * number, escape(soak.persistence)
        parts += [
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>',
            f'<text x="{right + 8}" y="{below:.1f}" fill="{colour}">{name}</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"
