"""Items of a source → files in the folder, one by one and each whole.

In goes a source, out comes a `Report`, while progress is yielded. The story of an item: deleted at
the source, its files go; not wanted, nothing happens; known in this version, nothing is asked; else
its files are fetched (only if they changed, where the source can tell), checked, written, and
remembered. What fails is remembered with its reason and tried again after an hour, six, a day, a
week. When all items of a batch are safe, and only then, the batch moves its position.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from indexer.progress import Progress
from indexer.sources.check import check, seems_cut
from indexer.sources.client import Answer, Validators
from indexer.sources.corpus import ENDINGS, Corpus
from indexer.sources.errors import FetchError, SourceDownError, StopError
from indexer.sources.item import Batch, Item, Remote
from indexer.sources.listing import note_listed
from indexer.sources.rules import (
    CHANGED,
    DELETED,
    FAILED,
    NEW,
    OTHER,
    SAME,
    WAITING,
    Fetcher,
    Report,
    Rules,
    Source,
)
from indexer.sources.state import Known, State

DOWN = 5
"""Files in a row that a source does not give, after which it is taken to be down."""
FEW, SHARE = 20, 0.1
"""So many deletions, or this share of what is here, pass without a question."""


class Collector:
    """One round over one source. `turn` is a name of the round that no other has."""

    def __init__(
        self, client: Fetcher, state: State, corpus: Corpus, rules: Rules, turn: str
    ) -> None:
        self.report = Report()
        self._client, self._state, self._corpus = client, state, corpus
        self._rules, self._turn = rules, turn
        self._checks = rules.selection
        self._down = 0
        self._here = state.here()

    def run(self, source: Source) -> Generator[Progress, None, Report]:
        """Take all that a source offers. Raises `FetchError` and `StopError`."""
        self._checks = source.checks
        try:
            if not self._rules.dry:
                yield from self._take_all(self._state.due(source.name, self._client.clock.now()))
            for batch in source.batches():
                yield from self._batch(batch)
                if self._is_enough():
                    return self.report
            if source.whole and not self._rules.dry:
                yield from self._take_all(self._vanished(source.name))
            return self.report
        finally:
            self.report.requests = self._client.budget.spent
            self.report.waited = self._client.budget.waited

    def _batch(self, batch: Batch) -> Generator[Progress, None, None]:
        if batch.step:
            yield Progress(batch.step, batch.read, 0)
        self.report.expected = max(self.report.expected, batch.expected)
        wanted = [item for item in batch.items if item.deleted or self._fits(item)]
        self.report.outcomes[OTHER] += len(batch.items) - len(wanted)
        with self._state.step():
            for item in wanted:
                note_listed(self._state.db, item, self._client.clock.now())
        if self._rules.dry:
            for item in wanted:
                self._foresee(item)
            yield self._progress()
        else:
            yield from self._take_all(wanted)
        if not self._rules.dry and not self._is_enough():
            with self._state.step():
                batch.after()

    def _take_all(self, items: Iterable[Item]) -> Generator[Progress, None, None]:
        for item in items:
            outcome = self._take(item)
            self.report.outcomes[outcome] += 1
            if outcome in (NEW, CHANGED, FAILED):
                self.report.kinds[item.described.kind or "overig"] += 1
            yield self._progress()
            if self._is_enough():
                return

    def _progress(self) -> Progress:
        done = sum(self.report.outcomes.values())
        return Progress(
            "ophalen", done, max(self.report.expected, done), self.report.outcomes[FAILED]
        )

    def _fits(self, item: Item) -> bool:
        return self._checks.is_empty or self._checks.fits(item.described)

    def _is_enough(self) -> bool:
        done = self.report.outcomes[NEW] + self.report.outcomes[CHANGED]
        return 0 < self._rules.most <= done

    def _foresee(self, item: Item) -> None:
        known = self._state.item(item.key)
        if item.deleted:
            outcome = DELETED if known else OTHER
        elif self._is_same(item, known):
            outcome = WAITING if known and known.reason else SAME
        else:
            outcome = CHANGED if known and not known.reason else NEW
            self.report.files += len(item.files)
        self.report.outcomes[outcome] += 1
        if not item.deleted:
            self.report.kinds[item.described.kind or "overig"] += 1

    def _take(self, item: Item) -> str:
        known = self._state.item(item.key)
        if item.deleted:
            return self._delete(item, known)
        if self._is_same(item, known):
            with self._state.step():
                self._state.seen(item.key, self._turn)
            return WAITING if known and known.reason else SAME
        try:
            return self._fetch(item, known)
        except SourceDownError as error:
            self._down += 1
            self._fail(item, error)
            if self._down >= DOWN:
                raise
        except FetchError as error:
            self._down = 0
            self._fail(item, error)
        return FAILED

    def _is_same(self, item: Item, known: Known | None) -> bool:
        """Tell whether an item need not be fetched: it is here, or it failed a moment ago."""
        if known is None or not item.version or known.version != item.version:
            return False
        if known.reason:
            return known.due > self._client.clock.now().isoformat(timespec="seconds")
        there = known.name == item.name
        return there and any(self._corpus.has(item.name, end) for end in (".pdf", ".xml"))

    def _fail(self, item: Item, error: FetchError) -> None:
        with self._state.step():
            self._state.fail(
                item,
                error.reason,
                str(error),
                selection=self._rules.selection.digest,
                turn=self._turn,
                now=self._client.clock.now(),
            )

    def _fetch(self, item: Item, known: Known | None) -> str:
        """Fetch, check, write and remember all files of an item. Raises `FetchError`."""
        before = self._state.validators(item.key) if known and known.name == item.name else {}
        got: dict[str, Answer] = {}
        lacks: list[FetchError] = []
        for remote in item.files:
            try:
                got[remote.ending] = self._file(item, remote, before)
            except SourceDownError:
                raise
            except FetchError as error:
                lacks.append(error)
                if remote.ending == ".pdf" and not _has_text(item):
                    raise
        self._down = 0
        if ".pdf" not in got and ".xml" not in got:
            raise lacks[0] if lacks else FetchError("niets", f"Bij {item.key} hoort geen bestand.")
        outcome = self._write(item, known, got, before)
        worse = [lack for lack in lacks if lack.reason != "niet gevonden"]
        if ".pdf" not in got and lacks:
            worse = lacks
        if worse:
            self._fail(item, worse[0])
        return FAILED if worse else outcome

    def _file(
        self, item: Item, remote: Remote, before: dict[str, tuple[str, Validators]]
    ) -> Answer:
        url, validators = before.get(remote.ending, ("", Validators()))
        if url != remote.url or not self._corpus.has(item.name, remote.ending):
            validators = Validators()
        answer = self._client.file(remote.url, validators)
        if seems_cut(answer, remote.ending):  # twice the same: that is how the source has it
            again = self._client.file(remote.url)
            if again.body != answer.body and seems_cut(again, remote.ending):
                raise FetchError("afgebroken", f"{remote.url} brak af, twee keer verschillend.")
            answer = again
        if not answer.unchanged:
            check(answer, remote.ending)
        return answer

    def _write(
        self,
        item: Item,
        known: Known | None,
        got: dict[str, Answer],
        before: dict[str, tuple[str, Validators]],
    ) -> str:
        bodies = {ending: answer.body for ending, answer in got.items() if not answer.unchanged}
        if item.record:
            bodies[item.record_ending] = item.record
        same = all(answer.unchanged for answer in got.values())
        self._corpus.write(item.name, bodies)
        kept = {*got, item.record_ending}
        self._corpus.remove(item.name, tuple(end for end in ENDINGS if end not in kept))
        if known and known.name != item.name:
            self._remove(known.name, item.key)
        urls = {remote.ending: remote.url for remote in item.files}
        files = {
            ending: (urls[ending], before[ending][1] if answer.unchanged else answer.validators)
            for ending, answer in got.items()
        }
        with self._state.step():
            self._state.keep(
                item,
                files,
                selection=self._rules.selection.digest,
                turn=self._turn,
                now=self._client.clock.now(),
            )
        if same and known:
            return SAME
        return CHANGED if before or (known and not known.reason) else NEW

    def _delete(self, item: Item, known: Known | None) -> str:
        if known is not None:
            self._allow_deletion()
            self._remove(known.name, item.key)
        with self._state.step():
            self._state.forget(item.key)
        return DELETED if known else OTHER

    def _allow_deletion(self) -> None:
        """Let a few papers go; many at once are more often a fault of a source than the truth."""
        gone = self.report.outcomes[DELETED]
        if not self._rules.allow_deletions and gone >= max(FEW, SHARE * self._here):
            raise StopError(
                f"De bron meldt dat meer dan {gone} stukken zijn verwijderd. Dat is zo veel dat er "
                "iets mis kan zijn; de rest is bewaard. Controleer het bij de bron, en geef "
                "--allow-deletions als het klopt."
            )

    def _remove(self, name: str, key: str) -> None:
        if not self._state.shared_name(name, key):
            self._corpus.remove(name)

    def _vanished(self, source: str) -> Iterator[Item]:
        """Yield what a whole listing no longer had and the source no longer gives."""
        digest = self._rules.selection.digest
        for key, url in self._state.unseen(source, digest, self._turn):
            try:
                self._client.file(url, self._validators(key, url))
            except SourceDownError:
                continue
            except FetchError as error:
                if error.reason == "niet gevonden":
                    yield Item(key, deleted=True)

    def _validators(self, key: str, url: str) -> Validators:
        known = self._state.validators(key).values()
        return next((given for address, given in known if address == url), Validators())


def _has_text(item: Item) -> bool:
    """Tell whether an item has official XML, which is a paper without its PDF too."""
    return any(remote.ending == ".xml" for remote in item.files)
