"""What can go wrong in a way that a user should know of: small classes, each with a Dutch sentence.

In goes nothing, out come exception classes and `status_of`, the one place that maps an error to an
HTTP status. A message is always fit to show; anything else that is raised is a fault (500) whose
text stays in the log.
"""

from __future__ import annotations

import errno

from indexer.engine.errors import DeadlineError, EngineError, QueryBudgetError


class UserError(Exception):
    """Something that a user can understand and often mend. `code` is for programs."""

    code = "fout"


class ParameterError(UserError):
    """A parameter that is not known or not in its range; `allowed` lists what is."""

    code = "parameter"

    def __init__(self, message: str, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.allowed = allowed


class NoPortError(UserError):
    """The server cannot listen on that address and port."""

    code = "geen_poort"

    def __init__(self, host: str, port: int, error: Exception) -> None:
        why = error.errno if isinstance(error, OSError) else None
        if why == errno.EADDRINUSE:
            told = (
                f"Poort {port} is al in gebruik, misschien door Kamerzoek zelf. Stop dat, of kies "
                f"een andere poort, zoals --port {port + 1} (bij make run: PORT={port + 1})."
            )
        elif why == errno.EACCES:
            told = f"Poort {port} is voor beheerders. Kies er een van 1024 af, zoals --port 8000."
        else:
            told = (
                f"Op het adres ‘{host}’ kan deze machine niet luisteren. Kies --host 127.0.0.1 "
                "(alleen deze machine), 0.0.0.0 (elk netwerk) of een adres van deze machine."
            )
        super().__init__(told)


class PaperNotFoundError(UserError):
    """There is no paper with that id in the index."""

    code = "geen_stuk"

    def __init__(self, paper_id: str) -> None:
        super().__init__(f"Er is geen stuk ‘{paper_id[:80]}’ in deze index.")


class NoPdfError(UserError):
    """The paper did not come from a PDF."""

    code = "geen_pdf"

    def __init__(self) -> None:
        super().__init__("Van dit stuk is geen PDF: het is als tekst aangeleverd.")


class PdfGoneError(UserError):
    """The paper's PDF is no longer where it was indexed."""

    code = "pdf_weg"

    def __init__(self) -> None:
        super().__init__(
            "De PDF van dit stuk is na het indexeren verplaatst, gewijzigd of verwijderd. "
            "De tekst ervan is nog wel te lezen."
        )


class NoDossierError(UserError):
    """The index has no paper of that dossier."""

    code = "geen_dossier"

    def __init__(self, name: str) -> None:
        super().__init__(f"Er is geen stuk van dossier ‘{name[:60]}’ in deze index.")


class NoImageError(UserError):
    """A page of a PDF cannot be drawn, or is not there."""

    code = "geen_beeld"

    def __init__(self) -> None:
        super().__init__("Deze bladzijde is er niet, of kan niet als afbeelding worden getoond.")


class BusyError(UserError):
    """Too many expensive requests are being answered at once; `seconds` until it may be over."""

    code = "druk"

    def __init__(self, seconds: int = 60) -> None:
        when = "een minuut" if seconds >= 60 else "enkele seconden"
        super().__init__(f"Het is nu te druk om dit te doen. Probeer het over {when} opnieuw.")
        self.seconds = seconds


class StoppingError(UserError):
    """The process is being stopped and takes no new work."""

    code = "stopt"

    def __init__(self) -> None:
        super().__init__("Deze server wordt gestopt. Probeer het over een minuut opnieuw.")


class UnavailableError(UserError):
    """No index can be read now."""

    code = "geen_index"

    def __init__(self) -> None:
        super().__init__(
            "De index is nu niet te lezen, dus er kan niet worden gezocht. "
            "Probeer het over enkele minuten opnieuw."
        )


class UploadError(UserError):
    """A file that cannot be read as questions; the message says what to do."""

    code = "bestand"


class SettingsError(UserError):
    """A setting has a value that it cannot have."""

    code = "instelling"


STATUS: dict[type[Exception], int] = {
    ParameterError: 400,
    UploadError: 400,
    QueryBudgetError: 400,
    PaperNotFoundError: 404,
    NoPdfError: 404,
    NoDossierError: 404,
    NoImageError: 404,
    PdfGoneError: 410,
    BusyError: 503,
    StoppingError: 503,
    DeadlineError: 503,
    UnavailableError: 503,
    EngineError: 503,
}


def status_of(error: Exception) -> int:
    """Return the HTTP status of an error: of its class or the nearest above it, otherwise 500."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def code_of(error: Exception) -> str:
    """Return the short word by which a program knows the error."""
    if isinstance(error, UserError):
        return error.code
    if isinstance(error, DeadlineError):
        return "te_lang"
    return "te_veel_gevraagd" if isinstance(error, QueryBudgetError) else "fout"
