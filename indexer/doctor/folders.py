"""The folders: the generations of an embedded index, who writes there, and the store of papers.

In go paths, out come findings. Nothing is changed, and nobody who begins to write is hindered.
"""

from __future__ import annotations

import fcntl
import json
import re
import socket
import time
from collections import Counter
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path

from indexer.doctor import machine
from indexer.doctor.finding import Finding, fault, good, warning
from indexer.engine import fields
from indexer.engine.errors import EngineError, FingerprintError, IndexNotFoundError
from indexer.engine.locate import engine_for
from indexer.engine.publishing import generation, kept
from indexer.engine.results import Summary
from indexer.files import SCRATCH
from indexer.ledger import FORMAT
from indexer.refused import told
from indexer.register import FILE as REGISTER
from indexer.store import Store

SAMPLE = 50
"""So many papers of the store are opened."""
HOLDER = re.compile(r"proces (\d+) op (\S+)")


def index(location: str) -> Iterator[Finding]:
    """Look at an embedded index, from the pointer to the count of papers."""
    place = Path(location)
    yield from machine.folder(place, "de index", need_mb=max(machine.ROOM_MB, _size_mb(place)))
    writing = yield from writer(place / "lock", "de index")
    try:
        published = generation.current_path(place).name
    except IndexNotFoundError as error:
        level = fault if (place / generation.POINTER).exists() else warning
        yield level("index", f"er is geen index in {location}", str(error))
        yield from leftovers(place, None, writing=writing)
        return
    except EngineError as error:
        yield fault("index", "de wijzer naar de index is niet te lezen", str(error))
        return
    yield from _published(location, place, published)
    yield from leftovers(place, published, writing=writing)
    yield from _register(place / REGISTER, location)


def _size_mb(place: Path) -> int:
    """Return how large the published generation is: the next will be about as large."""
    try:
        files = generation.read_manifest(generation.current_path(place)).files
    except EngineError:
        return 0
    return sum(entry.size for entry in files.values()) >> 20


def _published(location: str, place: Path, published: str) -> Iterator[Finding]:
    back = _back(place, published)
    try:
        wrong = engine_for(location).check(location)
        summary = _summary(location) if not wrong else None
    except FingerprintError as error:
        yield _other_version(place, published, str(error))
        return
    except EngineError as error:
        yield fault("index", f"generatie {published} is niet te openen", str(error))
        return
    for sentence in wrong:
        if "andere versie" in sentence:
            yield _other_version(place, published, sentence)
        else:
            again = f"Bouw opnieuw: python -m indexer build MAP --index {location} --fresh"
            yield fault("schade", f"{published}: {sentence}", f"{again}{back}")
    if summary is not None:
        yield from _held(summary)


def _other_version(place: Path, published: str, advice: str) -> Finding:
    """Return that the index was made by another version, and by which fields that is seen."""
    try:
        manifest = generation.read_manifest(kept.generations(place) / published)
        how = fields.differences(manifest.extra.get("fields"))
    except EngineError as error:
        how = str(error)
    return fault("versie", f"de index past niet bij deze versie van Kamerzoek ({how})", advice)


def _summary(location: str) -> Summary:
    opened = engine_for(location).open(location)
    try:
        return opened.summary
    finally:
        opened.close()


def _held(summary: Summary) -> Iterator[Finding]:
    told_ = f"generatie {summary.generation} van {summary.built} is gaaf: {summary.papers} stukken"
    yield good("index", f"{told_}, {summary.passages} passages, {summary.pages} pagina's")
    yield from machine.clock(time.time(), summary.built)
    if not summary.papers:
        advice = "Bouw met een map waarin PDF's staan: python -m indexer build MAP --index …"
        yield warning("index", "de index heeft geen enkel stuk", advice)


def _back(place: Path, published: str) -> str:
    """Return the advice to go back, when there is something whole to go back to."""
    older = [name for name in kept.sealed(place) if name < published]
    if not older or generation.verify(kept.generations(place) / older[-1]):
        return ""
    return f", of ga terug naar {older[-1]}: python -m indexer rollback {place}"


def leftovers(place: Path, published: str | None, *, writing: bool) -> Iterator[Finding]:
    """Look at what is kept beside the published generation: an older one, and garbage."""
    try:
        garbage = kept.garbage(place, published)
        older = [name for name in kept.sealed(place) if published and name < published]
    except OSError:
        return
    for name in older:
        for sentence in generation.verify(kept.generations(place) / name)[:1]:
            advice = "Terug daarheen kan niet. De volgende bouw vervangt haar."
            yield warning("schade", f"de vorige generatie {name} is beschadigd: {sentence}", advice)
    if garbage and not writing:
        names = ", ".join(garbage[:3])
        told_ = f"{len(garbage)} generaties zijn niet gepubliceerd, of teruggezet ({names})"
        yield warning("afval", told_, "De volgende bouw ruimt ze op; u hoeft niets te doen.")
    if len(older) >= kept.KEEP:
        advice = "De volgende bouw die iets verandert ruimt de oudste op."
        yield warning("afval", f"er zijn {len(older)} oudere generaties", advice)


def writer(path: Path, what: str) -> Generator[Finding, None, bool]:
    """Look whether somebody writes, and lives; return whether somebody does."""
    try:
        with path.open("r", encoding="utf-8", errors="replace") as stream:
            holder = stream.read(200).strip()
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        yield _holder(holder or "een ander proces", what)
        return True
    except FileNotFoundError:
        return False
    except OSError as error:
        yield fault("slot", f"{path} is niet te lezen", f"{told(error)}.")
    return False


def _holder(holder: str, what: str) -> Finding:
    match = HOLDER.match(holder)
    if match and match[2] == socket.gethostname() and not Path("/proc", match[1]).exists():
        told_ = f"{what} is nog op slot voor {holder}, en dat proces is er niet meer"
        advice = "Een kind ervan houdt het slot: zoek het met lsof of fuser en beëindig het."
        return warning("slot", told_, advice)
    advice = "Wacht tot dat klaar is, of beëindig dat proces als het is blijven hangen."
    return warning("slot", f"{what} is in gebruik door {holder}", advice)


def _register(path: Path, location: str) -> Iterator[Finding]:
    try:
        json.loads(path.read_bytes())
    except FileNotFoundError:
        return
    except (OSError, ValueError):
        again = f"python -m indexer build MAP --index {location}"
        advice = f"Bouw opnieuw met de map die fetch vulde: {again}"
        yield warning(
            "register", f"{path} is niet te lezen: ontbrekende stukken worden niet genoemd", advice
        )


def store(root: Path) -> Iterator[Finding]:
    """Look at the store: room and rights, who writes, whether papers can be read, what failed."""
    if not root.exists():
        yield good("opslag", f"er is nog geen opslag in {root}; de eerste bouw maakt haar")
        return
    yield from machine.folder(root, "de opslag")
    writing = yield from writer(root / "lock", "de opslag")
    papers = Store(root)
    yield from _papers(papers, root)
    yield from _ledger(root / "ledger.json")
    scratch = list((root / SCRATCH).glob("*"))
    if scratch and not writing:
        told_ = f"in {root / SCRATCH} liggen {len(scratch)} halve bestanden"
        yield warning("afval", told_, "De volgende bouw ruimt ze op; u hoeft niets te doen.")
    for path in sorted(root.glob("failures*.jsonl")):
        yield from failures(path)


def _papers(papers: Store, root: Path) -> Iterator[Finding]:
    try:
        names = papers.files.names("papers/*/*.json.gz")
        damaged = [name for name in islice(names, SAMPLE) if not papers.is_sound(name)]
    except OSError as error:
        yield fault("opslag", f"{root} is niet te lezen", f"{told(error)}.")
        return
    if damaged:
        told_ = (
            f"{len(damaged)} van de eerste {SAMPLE} gelezen stukken zijn beschadigd ({damaged[0]})"
        )
        advice = "De volgende bouw leest die PDF's opnieuw. Controleer de schijf (dmesg)."
        yield warning("opslag", told_, advice)
    else:
        yield good("opslag", f"{len(names)} gelezen stukken in {root}")


def _ledger(path: Path) -> Iterator[Finding]:
    try:
        data = json.loads(path.read_bytes())
        sound = data["format"] == FORMAT
    except FileNotFoundError:
        return
    except (OSError, ValueError, LookupError, TypeError):
        sound = False
    if not sound:
        advice = "De volgende bouw maakt het opnieuw; dat kost alleen tijd."
        yield warning(
            "opslag", f"het kasboek {path} is niet te lezen of van een andere versie", advice
        )


def failures(path: Path) -> Iterator[Finding]:
    """Look at the files that could not be read in the last build."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        counted = Counter(row["reason"] for row in rows)
    except (OSError, ValueError, LookupError, TypeError):
        yield warning(
            "mislukt", f"{path} is niet te lezen", "De volgende bouw maakt de lijst opnieuw."
        )
        return
    if not rows:
        yield good("mislukt", "bij de laatste bouw zijn alle bestanden gelezen")
        return
    reasons = ", ".join(f"{count}× {reason}" for reason, count in counted.most_common())
    advice = f"Zie {path}. Nog eens proberen: python -m indexer build … --retry-failed"
    if counted["tijd"]:
        advice += f" --limit-seconds 60 ({counted['tijd']} kregen te weinig tijd)"
    yield warning("mislukt", f"{len(rows)} bestanden werden niet gelezen ({reasons})", f"{advice}.")
