"""The type of the sample papers: names of families in, registered PDF fonts and widths out.

Standard Type 1 fonts are not embedded, as in older papers; Liberation (package fonts-liberation)
and Vera (comes with reportlab, and stands in for the Verdana of the ministries) are embedded as
subsets, as in newer ones.
"""

from functools import cache
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_LIBERATION = Path("/usr/share/fonts/truetype/liberation")
_VERA = Path(reportlab.__file__).parent / "fonts"
FAMILIES = {
    "helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "vera": ("Vera", "VeraBd", "VeraIt"),
    "sans": ("LiberationSans-Regular", "LiberationSans-Bold", "LiberationSans-Italic"),
    "serif": ("LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSerif-Italic"),
    "narrow": (
        "LiberationSansNarrow-Regular",
        "LiberationSansNarrow-Bold",
        "LiberationSansNarrow-Italic",
    ),
}
_PLACE = {"regular": 0, "mark": 0, "bold": 1, "italic": 2}


def font_file(name: str) -> Path:
    """Return the file of an embedded font; raises FileNotFoundError that says what to install."""
    path = (_VERA if name.startswith("Vera") else _LIBERATION) / f"{name}.ttf"
    if not path.exists():
        raise FileNotFoundError(f"{path}: install the package fonts-liberation")
    return path


@cache
def font(family: str, style: str) -> str:
    """Return the PDF font of a family in a style, registered with reportlab."""
    name = FAMILIES[family][_PLACE[style]]
    if family not in ("helvetica", "times"):
        pdfmetrics.registerFont(TTFont(name, font_file(name)))
    return name


def width(text: str, font_name: str, size: float) -> float:
    """Return the width of a text in points; raises ValueError when a letter is not in the font."""
    if font_name.startswith(("Helvetica", "Times")):
        text.encode("cp1252")  # UnicodeEncodeError, a ValueError, names the letter
    else:
        glyphs = pdfmetrics.getFont(font_name).face.charToGlyph
        if missing := [letter for letter in text if ord(letter) not in glyphs]:
            raise ValueError(f"{font_name} has no {missing} of {text!r}")
    return float(pdfmetrics.stringWidth(text, font_name, size))
