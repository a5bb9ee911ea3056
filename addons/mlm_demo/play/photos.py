# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Drawn portraits: nobody who exists."""

import base64
import io
from random import Random

from PIL import Image, ImageDraw

from ..company.persons import WOMEN

SIZE = 160
#: Drawn larger and made smaller, for smooth edges.
_SCALE = 2
_GROUND = ("#cfe3d4", "#f3dfc1", "#d5dcf0", "#f0d5d8", "#dfe8c4", "#cfe6ea", "#e6d8ee")
_SKIN = ("#f2d0b1", "#e3b48c", "#cf9868", "#b07c4f", "#8a5a37", "#6f452a")
_HAIR = ("#2a1b14", "#3d2618", "#5a3a22", "#1b1718", "#7a5230", "#8d8a86")
_DARK = ("#2a1b14", "#1b1718", "#8d8a86")
_CLOTH = ("#2f6b4f", "#8a3b3b", "#2f4f7f", "#6a4b86", "#b06a2c", "#3e3e46", "#1f7a7a")


def add(members):
    """Give people a portrait.

    :param members: ``{code: distributor}``
    """
    for code, member in members.items():
        member.partner_id.image_1920 = base64.b64encode(draw(code, member.name))


def draw(code, name):
    """Portrait of a person as PNG: the same for the same code and name."""
    rng = Random(f"{code} {name}")
    ground, skin, cloth = (rng.choice(colours) for colours in (_GROUND, _SKIN, _CLOTH))
    hair = rng.choice(_DARK if skin in _SKIN[-2:] else _HAIR)
    woman = any(f"{first} " in f"{name} " for first in WOMEN) or name.startswith("María")
    image = Image.new("RGB", (SIZE * _SCALE,) * 2, ground)
    pen = _Pen(ImageDraw.Draw(image))
    if woman:
        pen.oval(80, 78, 45, 52, hair)
        pen.box(35, 78, 125, 78 + rng.choice((30, 45, 58)), hair)
    pen.oval(80, 172, 62, 50, cloth)
    pen.box(68, 100, 92, 132, skin)
    pen.oval(80, 128, 20, 10, skin)
    if not woman:
        pen.oval(80, 62, 37, 38, hair)
    pen.oval(80, 78, 33, 40, skin)
    if woman:
        pen.slice(80, 66, 39, 36, hair, rng.choice((185, 195)), 360)
    elif rng.random() < 0.8:
        pen.slice(80, 60, 36, 32, hair, 180, 360)
    pen.face(rng, hair, beard=not woman and rng.random() < 0.35)
    buffer = io.BytesIO()
    image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(buffer, "PNG")
    return buffer.getvalue()


class _Pen:
    """Draws in pixels of the finished picture."""

    def __init__(self, pen):
        self.pen = pen

    def _area(self, x, y, width, height):
        corners = (x - width, y - height, x + width, y + height)
        return [value * _SCALE for value in corners]

    def oval(self, x, y, width, height, colour):
        self.pen.ellipse(self._area(x, y, width, height), fill=colour)

    def slice(self, x, y, width, height, colour, start, end):
        self.pen.pieslice(self._area(x, y, width, height), start, end, fill=colour)

    def box(self, left, top, right, bottom, colour):
        self.pen.rectangle([value * _SCALE for value in (left, top, right, bottom)], fill=colour)

    def face(self, rng, hair, beard):
        if beard:
            self.slice(80, 92, 31, 27, hair, 10, 170)
        for x in (68, 92):
            self.oval(x, 78, 3, 3.5, "#23201e")
            self.box(x - 6, 69, x + 6, 71, hair)
        mouth = self._area(80, 92, 11, 8)
        self.pen.chord(mouth, 15, 165, fill="#fff7f2" if rng.random() < 0.6 else "#a8483f")
        if rng.random() < 0.25:
            for x in (68, 92):
                self.pen.ellipse(self._area(x, 78, 10, 9), outline="#4a4a52", width=2 * _SCALE)
            self.box(78, 77, 82, 79, "#4a4a52")
