"""What a person types → lexemes: words, numbers, phrases, operators, brackets, fields.

In goes a text, out come `Lexeme`s and the problems met. Nothing here fails: a character without a
meaning separates words. The story: numbers of papers are found in the whole text first, because
`36 200 VII, nr. 12` is one thing; then the text is read from left to right, and at each place the
first rule that fits makes a lexeme.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from indexer.engine.fields import BY_ALIAS, Field
from indexer.numbers.finding import find_numbers
from indexer.numbers.typed import cited
from indexer.numbers.values import NumberMatch
from search_app.query.problems import Problem, Problems

Sign = Literal[
    "word", "number", "phrase", "prefix", "fuzzy", "and", "or", "not", "near", "open", "close",
    "field",
]  # fmt: skip

OPERATORS: dict[str, Sign] = {
    "EN": "and", "AND": "and", "OF": "or", "OR": "or", "NIET": "not", "NOT": "not",
}  # fmt: skip

# What opens and closes a phrase. Single quotes are apostrophes (`'s-Gravenhage`, `foto's`), but
# a text between ‘ and ’ that ends before a space is a phrase too.
QUOTES = '"“”„‟«»″＂'
PHRASE = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]")
SINGLE = re.compile(r"‘(?![stnkmr][\s-])([^‘’\"“”]*?[^\s‘’])’(?!\w)")

LETTER = r"[^\W_]"
# Inside a word: one joint (`14:30`, `kosten/baten`, `Fox-IT`, `a@b.nl`, `F-35`, `#2`), `://` of an
# address, a comma between digits (`1.234,56`), or letters between brackets (`minister(s)`). After
# eight of them a next word begins, so that no word is longer than its budget.
WORD = re.compile(
    rf"(?:['’‘](?=[stnkmrd]\b))?{LETTER}+"
    rf"(?:(?:[-–‑'’./:&@+_%#=?]|://?|(?<=\d),(?=\d)){LETTER}+|\({LETTER}{{1,12}}\)){{0,8}}"
)
OPERATOR = re.compile(r"(EN|AND|OF|OR|NIET|NOT|NABIJ|NEAR)(?:/(\d+))?(?=[\s()\"“”„«]|-\w|$)")
FIELD = re.compile(rf"({LETTER}+):(?=(\s*)\S)")
MINUS = re.compile(rf"-(?=[^\W\d_]|[{QUOTES}(])")
# The second half of a word that shares its first: `ombudsmannen en -vrouwen`.
SHARED = re.compile(r"(?<!\w)(?:en|of|noch|en/of)\s+$")
SHARED_REACH = 8
STAR = re.compile(rf"\*(?!{LETTER})")
# `organi?atie`, as other programs have it; not `dit?En`, nor an address, which has other signs too.
ONE_LETTER = re.compile(r"[^\W\d_]+\?[a-zà-ÿ]+")
# `"wacht lijst"~3`, as other programs have it.
LOOSELY = re.compile(r"~(\d{0,6})")
TILDE = re.compile(rf"~(\d?)(?!{LETTER})")
RANGE = re.compile(r"[<>]=?[0-9/–-]+|[0-9/–-]*\.\.[0-9/–-]*|[0-9]{4}[/–-][0-9]{2,4}(?![\d–-])")
# Other words for a field than those of the table.
SYNONYMS = {
    "indiener": "van", "vrager": "van", "lid": "van", "kamerlid": "van",
    "minister": "door", "bewindspersoon": "door", "beantwoorder": "door",
    "afzender": "persoon", "ondertekenaar": "persoon", "naam": "persoon",
    "trefwoord": "tekst", "onderwerp": "titel", "type": "soort", "dossiernummer": "dossier",
}  # fmt: skip
LEAST_FIELD = 3
"""Letters of what may have been meant as a field: `re:` and `d:` are none."""
# A name with what goes before it: `van:van der Wal` is one value.
NAME = re.compile(
    r"(?:(?:van|de|der|den|het|ter|ten|te|la|el|al|’t|'t|in|op)\s+)+[^\s()\"“”]*\w", re.IGNORECASE
)
NEAR_DEFAULT = 5
NEAR_MOST = 50


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of the query. `value` is its text, `distance` that of NABIJ or a fuzzy word."""

    sign: Sign
    value: str = ""
    distance: int = 0
    field: Field | None = None


@dataclass(slots=True)
class Lexer:
    """Reads one text; `plain` takes everything for loose words, as in a pasted text."""

    text: str
    problems: Problems
    plain: bool = False
    _at: int = 0
    _numbers: dict[int, NumberMatch] = field(default_factory=dict)

    def lexemes(self) -> Iterator[Lexeme]:
        """Yield the lexemes from left to right."""
        self._numbers = {found.start: found for found in find_numbers(self.text)}
        if not self.plain and (number := cited(self.text, tuple(self._numbers.values()))):
            yield Lexeme("number", number.text)
            return
        skipped = ""
        while self._at < len(self.text):
            before = self._at
            yield from self._next()
            if self._at == before:
                skipped += self.text[before]
                self._at += 1
        if any(unicodedata.category(sign) in ("So", "Sk", "Cn", "Co") for sign in skipped):
            self.problems.add(Problem.SKIPPED)

    def _next(self) -> Iterator[Lexeme]:
        if self._at in self._numbers:
            yield self._number(self._numbers[self._at])
            return
        if not self.plain:
            for rule in (self._phrase, self._bracket, self._operator, self._minus, self._field):
                found = rule()
                if found is not None:
                    yield from found
                    return
        yield from self._word()

    def _number(self, found: NumberMatch) -> Lexeme:
        self._at = found.end
        return Lexeme("number", found.text)

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self._at)
        if match:
            self._at = match.end()
        return match

    def _before(self) -> str:
        return self.text[self._at - 1 : self._at] if self._at else " "

    def _phrase(self) -> tuple[Lexeme, ...] | None:
        if self.text[self._at] in QUOTES or self.text[self._at] == "‘":
            match = self._match(PHRASE) or self._match(SINGLE)
            if match:
                return self._loosely(self._quoted(match[1]))
            if self.text[self._at] != "‘":
                self.problems.add(Problem.QUOTE)
        return None

    def _quoted(self, inside: str) -> tuple[Lexeme, ...]:
        words = " ".join(inside.split())
        if any(character.isalnum() for character in words):
            return (Lexeme("phrase", words),)
        self.problems.add(Problem.EMPTY_QUOTES)
        return ()

    def _loosely(self, phrase: tuple[Lexeme, ...]) -> tuple[Lexeme, ...]:
        """Read `"a b"~3` as `a NABIJ/3 b`; of other phrases the sign is left out, and told."""
        match = self._match(LOOSELY) if phrase else None
        distance = int(match[1] or NEAR_DEFAULT) if match else 0
        words = phrase[0].value.split() if match else []
        if len(words) == 2 and 1 <= distance <= NEAR_MOST:
            first, last = (Lexeme("word", word) for word in words)
            near = Lexeme("near", "NABIJ", distance)
            return (Lexeme("open"), first, near, last, Lexeme("close"))
        if match:
            self.problems.add(Problem.LOOSELY)
        return phrase

    def _bracket(self) -> tuple[Lexeme, ...] | None:
        sign = self.text[self._at]
        if sign not in "()":
            return None
        self._at += 1
        return (Lexeme("open" if sign == "(" else "close"),)

    def _operator(self) -> tuple[Lexeme, ...] | None:
        if self._before().isalnum():
            return None
        match = self._match(OPERATOR)
        if match is None:
            return None
        if match[1] in OPERATORS:
            return (Lexeme(OPERATORS[match[1]], match[1]),)
        distance = int((match[2] or str(NEAR_DEFAULT))[:6])
        if not 1 <= distance <= NEAR_MOST:
            self.problems.add(Problem.DISTANCE, str(distance))
        return (Lexeme("near", match[1], min(max(distance, 1), NEAR_MOST)),)

    def _minus(self) -> tuple[Lexeme, ...] | None:
        if not (self._before().isspace() or self._before() == "("):
            return None
        if SHARED.search(self.text, max(self._at - SHARED_REACH, 0), self._at):
            return None
        return (Lexeme("not", "-"),) if self._match(MINUS) else None

    def _field(self) -> tuple[Lexeme, ...] | None:
        match = FIELD.match(self.text, self._at)
        if match is None or self._before().isalnum():
            return None
        name = match[1].lower()
        known = BY_ALIAS.get(SYNONYMS.get(name, name))
        if known is None:
            self._no_field(match)
            return None
        if match[2] and match[1][0].isupper():  # `Vraag: Kunt u…` in a pasted text
            return None
        self._at = match.end() + len(match[2])
        return (Lexeme("field", known.aliases[0], field=known), *self._value(known))

    def _no_field(self, match: re.Match[str]) -> None:
        """Say so of what looks like a field (`afzender:Jansen`) and is looked for as a word."""
        value = self.text[match.end() : match.end() + 1]
        named = len(match[1]) >= LEAST_FIELD and match[1].isalpha() and not match[2]
        if named and (value.isalnum() or value in QUOTES):
            self.problems.add(Problem.NO_FIELD, match[1])

    def _value(self, known: Field) -> tuple[Lexeme, ...]:
        """Read a value that is more than a word: a range, or a name with its particles."""
        pattern = None
        if known.kind in ("date", "year") or known.name == "session_year":
            pattern = RANGE
        elif known.name in ("person", "asker", "answerer"):
            pattern = NAME
        match = self._match(pattern) if pattern else None
        return (Lexeme("word", " ".join(match[0].split())),) if match else ()

    def _word(self) -> Iterator[Lexeme]:
        stop = min((at for at in self._numbers if at > self._at), default=len(self.text))
        match = WORD.match(self.text, self._at, stop)
        if match is None:
            if self.text[self._at] == "*" and not self.plain and self._lonely_star():
                self.problems.add(Problem.STAR)
            return
        self._at = match.end()
        if not self.plain:
            if ONE_LETTER.fullmatch(match[0]):
                self.problems.add(Problem.ONE_LETTER, match[0])
            if self._match(STAR):
                yield Lexeme("prefix", match[0])
                return
            fuzzy = self._match(TILDE)
            if fuzzy:
                yield Lexeme("fuzzy", match[0], int(fuzzy[1] or 1))
                return
        yield Lexeme("word", match[0])

    def _lonely_star(self) -> bool:
        beside = self._before() + self.text[self._at + 1 : self._at + 2]
        return any(character.isalnum() for character in beside)
