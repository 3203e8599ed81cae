"""Words as printed → words as written: broken at line ends.

In go lines of text, out come lines in which a word that was broken at a line end stands whole on
the first of the two. What joins a word is decided by rules in this order: a conjunction after the
hyphen (`in- en uitvoer`), an address, digits and capitals (`A.135-A.142`, `Noord-Brabant`), how the
word is written elsewhere in the paper, fixed pairs, vowels that would run together; otherwise it
is one word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from indexer.extract.packing import Run
from indexer.extract.printed import SOFT, Printed

BREAKS = ("-", SOFT)
LAST: Final = re.compile(r"(\S*?)([\w'’]+)-$")
FIRST: Final = re.compile(r"^['’]*\w[\w'’]*")
GOES_ON: Final = re.compile(r"(?![ivx]+[.)])(?:[a-zà-ÿ]{3,}|[a-zà-ÿ]{2}(?![\w.)]))")
"""How the page after a broken word begins: in small letters, and with no item of a list (`b.`)."""
VOWEL: Final = re.compile("[AEIOUY]")
SPOKEN: Final = re.compile("[B-DF-HJ-NP-TV-XZ][AEIOUY]")
Counts = Mapping[str, int]

CONJUNCTIONS: Final = frozenset(
    {"en", "of", "tot", "dan", "noch", "alsmede", "respectievelijk", "resp"}
)
PAIRS: Final = frozenset(
    {
        ("minister", "president"), ("secretaris", "generaal"), ("directeur", "generaal"),
        ("procureur", "generaal"), ("advocaat", "generaal"), ("staten", "generaal"),
        ("sociaal", "economisch"), ("sociaal", "economische"), ("sociaal", "cultureel"),
        ("financieel", "economisch"), ("financieel", "economische"), ("oud", "minister"),
        ("real", "time"), ("know", "how"), ("follow", "up"), ("start", "up"), ("kosten", "baten"),
        ("kosten", "batenanalyse"), ("rechter", "commissaris"), ("rechters", "commissarissen"),
    }
)  # fmt: skip
KEEPING: Final = frozenset(
    {
        "niet", "ex", "oud", "vice", "adjunct", "non", "quasi", "noord", "zuid", "oost", "west",
        "aow", "avg", "bsn", "btw", "cao", "dna", "ggd", "ggz", "gps", "hbo", "ict", "mbo", "mkb",
        "mrb", "nt", "ov", "pdf", "pgb", "sms", "tv", "vmbo", "vwo", "wao", "wia", "wlz", "wmo",
        "wob", "woo", "wp", "wvggz", "zvw", "zzp",
        "adv", "cd", "cv", "dvd", "gsm", "hiv", "ic", "ivf", "lcd", "ozb", "pc", "tbc", "tbs", "wc",
        "xtc", "lhbt", "lhbti", "lhbtiq",
        "adjudant", "aspirant", "assistent", "chef", "collega", "interim", "kandidaat", "luitenant",
        "substituut",
        "christelijk", "conservatief", "cultureel", "democratisch", "economisch", "etnisch",
        "financieel", "historisch", "juridisch", "liberaal", "literair", "medisch", "militair",
        "orthodox", "parlementair", "politiek", "technisch",
    }
)  # fmt: skip
"""What keeps its hyphen before any word: prefixes, abbreviations also in small letters, offices,
adjectives before adjectives. Each was held against the words of OpenTaal: decision 0304."""
VOWEL_ENDED: Final = frozenset(
    {
        "anti", "auto", "bio", "bruto", "bureau", "co", "contra", "drie", "euro", "extra", "foto",
        "info", "intra", "macro", "mee", "micro", "milieu", "mini", "mono", "multi", "na", "neo",
        "netto", "pre", "pro", "pseudo", "radio", "re", "semi", "socio", "toe", "twee", "vee",
        "video", "zee",
        "aero", "agro", "crypto", "eco", "elektro", "geo", "hydro", "immuno", "neuro", "psycho",
        "thermo",
    }
)  # fmt: skip
"""What keeps its hyphen before a vowel that it would run together with: `zee-egel`."""
CLASHES: Final = frozenset(
    ["aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "oe", "oi", "oo", "ou", "uu", "ui", "ij"]
)


LINKS: Final = frozenset({"het", "met", "tot", "van"})
"""What stands between two hyphens in a word made of a phrase: `staakt-het-vuren`."""
EX_WHOLE: Final = re.compile(
    r"(?:act(?!eu|ri)|amen|ce[lnps]|clu|cu|ecu|em|ist|orb|pans|pat(?:s|rie)|pedi|per[it]|pir|pl[io]|"
    r"pon|port|pos|pres(?!id)|tens|tent|ter[in]|tr[ae])"
)
"""What follows `ex` in a word that is not `ex-` with a person: `expertise`, not `ex-partner`."""


class Vocabulary(dict[str, int]):
    """How often a word stands whole within the lines of a paper; counted when it is asked for.

    The first word of a line and the last of a broken one may be halves: they are left out.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__()
        self._lines = lines
        self._chunks: dict[str, int] = {}
        self._text: str | None = None

    def __missing__(self, word: str) -> int:
        """Look for a word in what stands between spaces, each kind of it once."""
        text = self._text
        if text is None:
            self._chunks = Counter(" ".join(map(_inner, self._lines)).lower().split())
            text = self._text = " ".join(self._chunks)
        count = 0
        place = text.find(word) if word else -1
        while place >= 0:
            end = place + len(word)
            alone = not _joined(text[max(0, place - 2) : place][::-1], text[end : end + 2])
            if alone:
                count += self._chunks[_chunk_at(text, place)]
            place = text.find(word, end if alone else place + 1)
        self[word] = count
        return count


def _chunk_at(text: str, place: int) -> str:
    """Return what stands between the spaces around a place."""
    end = text.find(" ", place)
    return text[text.rfind(" ", 0, place) + 1 : end if end >= 0 else len(text)]


def _joined(before: str, behind: str) -> bool:
    """Tell whether a word is part of another, by two signs on each side, the nearest first."""
    return any(
        _in_word(near[:1]) or (near[:1] == "-" and _in_word(near[1:])) for near in (before, behind)
    )


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _inner(line: str) -> str:
    words = line.partition(" ")[2]
    return words.rpartition(" ")[0] if line.endswith("-") else words


class Break(NamedTuple):
    """A word that is broken, with what stands before it without a space.

    `closed`: a sign follows the second half (`GGD-` `en,`).
    `through`: the second half is a line of its own that is broken as well, as only names of files
    and addresses are in a narrow cell (`besluit-op-` `wob-verzoek-` `over-…`).
    """

    before: str
    left: str
    right: str
    closed: bool = False
    through: bool = False


def rejoin(
    lines: Sequence[Printed], known: Counts, unsure: list[tuple[str, str]] | None = None
) -> list[Printed]:
    """Return the lines with broken words whole on the first of their lines.

    An empty line (between blocks) is kept and never joined over; a line that loses all its text
    to the one before disappears. A word that was broken has the boxes of both its halves. The
    halves of those that the paper itself does not settle are added to `unsure`.
    """
    out: list[Printed] = []
    for line in lines:
        if out and line.text and out[-1].text:
            line = _join(out[-1], line, known, unsure)  # noqa: PLW2901 - what is left of it
            if not line.text:
                continue
        out.append(line)
    for line in out:
        line.text = line.text.removesuffix(SOFT)
    return out


def rejoin_pages(
    bodies: Sequence[list[Printed]], known: Counts, unsure: list[tuple[str, str]] | None = None
) -> None:
    """Make words whole that are broken at the end of a page, on the page where they begin.

    `bodies` are the lines of each page without its notes. The second half, which must be small
    letters, leaves its page; the word has the box of its first half.
    """
    for before, after in pairwise(bodies):
        if not (before and after and before[-1].text.endswith(BREAKS)):
            continue
        last, first = before[-1], after[0]
        if not GOES_ON.match(first.text):
            continue
        runs = list(last.runs)
        after[0] = _join(last, first, known, unsure)
        last.runs = runs
        if not after[0].text:
            del after[0]


def _join(
    line: Printed, following: Printed, known: Counts, unsure: list[tuple[str, str]] | None
) -> Printed:
    """Move up the rest of a word that was broken between two lines; return what is left below."""
    text = line.text
    if not text.endswith(BREAKS):
        return following
    if text.endswith(SOFT):
        kind = "whole"
    else:
        left, right = LAST.search(text, text.rfind(" ") + 1), FIRST.match(following.text)
        if left is None or right is None:
            return following
        closed = following.text[right.end() : right.end() + 1] in tuple(",.;:)")
        through = following.text.endswith("-") and " " not in following.text
        found = Break(left[1], left[2], right[0], closed, through)
        kind = decide(found, known)
        if unsure is not None and is_unsure(found, known):
            unsure.append((found.left, found.right))
    if kind == "apart":
        return following
    word, _, rest = following.text.partition(" ")
    line.text = (text if kind == "hyphen" else text[:-1]) + word
    runs = following.runs
    if line.runs and runs:
        top, bottom, edges, _ = runs[0]
        line.runs.append(Run(top, bottom, edges[:2], more=True))
        behind = [Run(top, bottom, edges[2:])] if len(edges) > 2 else []
        runs = [*behind, *runs[1:]]
    return Printed(rest.lstrip(), runs)


def decide(found: Break, known: Counts) -> str:
    """Return `whole`, `hyphen` (kept, joined) or `apart` (kept, a space follows)."""
    left, right = _plain(found)
    if right == "dan" and known[left + right]:
        return "whole"  # `Soe-dan`, where the paper has `Soedan`
    settled = _by_form(found) or _by_use(left, right, known)
    return settled or _in_capitals(found) or _by_rule(left, right, known)


def is_unsure(found: Break, known: Counts) -> bool:
    """Tell a break that is decided by a rule alone, so that other papers may know better."""
    return _by_form(found) is None and _by_use(*_plain(found), known) is None


def _plain(found: Break) -> tuple[str, str]:
    return found.left.lower(), found.right.lower().rstrip("'’")


def _by_form(found: Break) -> str | None:
    """Decide by what the halves look like; `None` for two ordinary words."""
    before, left, right, closed, through = found
    if right.lower() in CONJUNCTIONS:
        return "hyphen" if right == "en" and closed and left.isupper() else "apart"
    if right[0].isupper():
        return None if left.isupper() and right.isupper() else "hyphen"
    if before.endswith("-") and left in LINKS:
        return "hyphen"
    address = (
        through or before.count("-") > 1 or re.search(r"https?:|www\.|/|@", before) is not None
    )
    digits = any(c.isdigit() for c in left[-3:]) or right[0].isdigit()
    acronym = (left.isupper() and len(left) <= 6) or any(c.isupper() for c in left[1:])
    return "hyphen" if address or digits or acronym else None


def _in_capitals(found: Break) -> str | None:
    """Decide on a word in capitals: broken when both halves can be spoken, or the first is long."""
    left, right = found.left, found.right
    if not (left.isupper() and right.isupper()):
        return None
    spoken = VOWEL.search(left) and SPOKEN.search(right) and len(right) > 2
    return "whole" if len(left) > 3 or (spoken and left.lower() not in KEEPING) else "hyphen"


def _by_use(left: str, right: str, known: Counts) -> str | None:
    """Decide by how the paper writes the word elsewhere; `None` when it does not."""
    whole, hyphened = known[left + right], known[f"{left}-{right}"]
    if whole == hyphened:
        return None
    return "whole" if whole > hyphened else "hyphen"


def _by_rule(left: str, right: str, known: Counts) -> str:
    """Decide by rules of spelling."""
    if left == "ex":
        return "whole" if EX_WHOLE.match(right) else "hyphen"
    fixed = (left, right) in PAIRS or len(left) == 1 or left in KEEPING
    fixed = fixed or right.startswith("generaal")
    clash = left[-1] + right[0] in CLASHES and (
        left in VOWEL_ENDED or left.endswith("ie") or (known[left] and known[right])
    )
    return "hyphen" if fixed or clash else "whole"
