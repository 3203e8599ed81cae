"""Answers in the forms of the sources, all made up: feeds, records, rows, PDFs and official XML."""

from __future__ import annotations

import functools
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

TK = "http://www.tweedekamer.nl/xsd/tkData/v1-0"


def guid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


@functools.cache
def pdf(*lines: str) -> bytes:
    """Return a PDF of one page."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=True)
    canvas.setTitle("")
    canvas.setSubject("")
    canvas.setFont("Helvetica", 10)
    for number, line in enumerate(lines):
        canvas.drawString(72, 780 - 14 * number, line)
    canvas.save()
    return stream.getvalue()


def _link(base: str, category: str, rel: str, token: int) -> str:
    where = f"{base}/SyncFeed/2.0/Feed?category={category}&amp;skiptoken={token}"
    return f'<link rel="{rel}" href="{where}" />' if token else ""


def entry(
    base: str,
    category: str,
    entity_id: str,
    fields: Mapping[str, str] | None = None,
    refs: Mapping[str, str] | None = None,
    *,
    updated: str = "2026-11-19T10:00:00Z",
    deleted: bool = False,
    media: str = "",
    token: int = 0,
) -> str:
    """Return an entry of the SyncFeed; one with `media` has an enclosure."""
    name = category[0].lower() + category[1:]
    inner = "".join(f'<{k} ref="{v}" />' for k, v in (refs or {}).items())
    inner += "".join(f"<{k}>{escape(v)}</{k}>" for k, v in (fields or {}).items())
    enclosure = (
        f'<link rel="enclosure" type="{media}" href="{base}/SyncFeed/2.0/Resources/{entity_id}" />'
        if media
        else ""
    )
    typed = f' tk:contentType="{media}"' if media else ""
    onwards = _link(base, category, "next", token)
    return (
        f"<entry><title>{entity_id}</title>"
        f"<id>{base}/SyncFeed/2.0/Entiteiten/{entity_id}</id><updated>{updated}</updated>"
        f'<category term="{name}" />{enclosure}{onwards}<content type="application/xml">'
        f'<{name} xmlns="{TK}" xmlns:tk="{TK}" id="{entity_id}" tk:bijgewerkt="{updated}"'
        f' tk:verwijderd="{str(deleted).lower()}"{typed}>{inner}</{name}></content></entry>'
    )


def feed(
    base: str, category: str, entries: Iterable[str], *, token: int = 0, rel: str = ""
) -> bytes:
    """Return a page of the SyncFeed, that goes on at a token."""
    entries = list(entries)
    onwards = _link(base, category, rel or ("next" if entries else "resume"), token)
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Gegevensmagazijn SyncFeed (category: {category})</title>{onwards}"
        f"<updated>2026-11-20T08:00:00Z</updated>{''.join(entries)}</feed>"
    ).encode()


SRU_NAMES = (
    'xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse"'
    ' xmlns:diag="http://docs.oasis-open.org/ns/search-ws/diagnostic"'
    ' xmlns:gzd="http://standaarden.overheid.nl/sru" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:overheidwetgeving="http://standaarden.overheid.nl/wetgeving/"'
    ' xmlns:c="http://standaarden.overheid.nl/collectie/"'
)


def sru_record(
    base: str,
    identifier: str,
    *,
    name: str = "Kamerstuk",
    rubric: str = "Motie",
    dossier: str = "37020-IX",
    number: str = "40",
    title: str = "Motie over de bietencampagne",
    date: str = "2026-10-08",
    timestamp: str = "2026-10-08T12:00:00+02:00",
    files: tuple[str, ...] = ("pdf", "xml"),
) -> str:
    """Return a record of SRU in the namespaces of the real one."""
    where = f"{base}/frbr/officielepublicaties/{identifier}/1"
    urls = "".join(
        f'<gzd:itemUrl manifestation="{m}">{where}/{m}/{identifier}.{m}</gzd:itemUrl>'
        for m in files
    )
    return f"""<sru:record><sru:recordSchema>http://standaarden.overheid.nl/sru/</sru:recordSchema>
<sru:recordPacking>xml</sru:recordPacking><sru:recordData><gzd:gzd><gzd:originalData>
<overheidwetgeving:meta><overheidwetgeving:owmskern>
<dcterms:identifier>{identifier}</dcterms:identifier><dcterms:title>{escape(title)}</dcterms:title>
<dcterms:modified>{date}</dcterms:modified></overheidwetgeving:owmskern>
<overheidwetgeving:owmsmantel><dcterms:date>{date}</dcterms:date></overheidwetgeving:owmsmantel>
<overheidwetgeving:tpmeta><c:product-area>officielepublicaties</c:product-area>
<overheidwetgeving:publicatienaam>{name}</overheidwetgeving:publicatienaam>
<overheidwetgeving:subrubriek>{rubric}</overheidwetgeving:subrubriek>
<overheidwetgeving:dossiernummer>{dossier}</overheidwetgeving:dossiernummer>
<overheidwetgeving:ondernummer>{number}</overheidwetgeving:ondernummer>
<overheidwetgeving:vergaderjaar>2026-2027</overheidwetgeving:vergaderjaar>
</overheidwetgeving:tpmeta></overheidwetgeving:meta></gzd:originalData><gzd:enrichedData>
<gzd:preferredUrl>{base}/ob/{identifier}.html</gzd:preferredUrl>{urls}
<gzd:timestamp>{timestamp}</gzd:timestamp></gzd:enrichedData></gzd:gzd></sru:recordData></sru:record>"""


def sru_page(records: Iterable[str], *, count: int, onwards: int = 0) -> bytes:
    """Return a page of SRU; the count may be anything, as that of the real one."""
    more = f"<sru:nextRecordPosition>{onwards}</sru:nextRecordPosition>" if onwards else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><sru:searchRetrieveResponse {SRU_NAMES}>'
        f"<sru:version>2.0</sru:version><sru:numberOfRecords>{count}</sru:numberOfRecords>"
        f"<sru:records>{''.join(records)}</sru:records>{more}"
        "<sru:resultCountPrecision>info:srw/vocabulary/resultCountPrecision/1/estimate"
        "</sru:resultCountPrecision></sru:searchRetrieveResponse>"
    ).encode()


def sru_diagnostic(code: int, message: str, details: str) -> bytes:
    """Return a diagnostic, which the real one sends with status 200."""
    return (
        f"<sru:searchRetrieveResponse {SRU_NAMES}><sru:version>2.0</sru:version>"
        f"<sru:diagnostics><diag:diagnostic><diag:uri>info:srw/diagnostic/1/{code}</diag:uri>"
        f"<diag:details>{details}</diag:details><diag:message>{message}</diag:message>"
        "</diag:diagnostic></sru:diagnostics></sru:searchRetrieveResponse>"
    ).encode()


def row(
    number: int,
    *,
    kind: str = "Motie",
    official: str = "kst-37020-IX-40",
    sub: int = 40,
    changed: str = "2026-11-19T10:00:00.1Z",
    files: tuple[str, ...] = ("Xml", "Pdf"),
    deleted: bool = False,
    media: str = "application/pdf",
    subject: str = "Motie van het lid Feddema over de bietencampagne",
    offices: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Return a document of OData with its version, publications and dossier."""
    published = [
        {
            "Id": guid(number * 100 + i),
            "Identifier": official,
            "DocumentType": kind_,
            "Verwijderd": False,
        }
        for i, kind_ in enumerate(files)
    ]
    return {
        "Id": guid(number), "Soort": kind, "DocumentNummer": f"2026D{number:05d}",
        "Titel": "Vaststelling van de begrotingsstaten", "Onderwerp": subject,
        "Datum": "2026-10-08T00:00:00+02:00", "Vergaderjaar": "2026-2027", "Kamer": 2,
        "Volgnummer": sub, "Aanhangselnummer": None, "DatumOntvangst": None, "ContentType": media,
        "ApiGewijzigdOp": changed, "Verwijderd": deleted,
        "Kamerstukdossier": [
            {"Nummer": 37020, "Toevoeging": "IX", "Titel": "Begroting", "HoogsteVolgnummer": 42}
        ],
        "HuidigeDocumentVersie": {
            "Id": guid(number + 50000), "ExterneIdentifier": official or None,
            "DocumentPublicatie": published, "DocumentPublicatieMetadata": [],
        },
        "DocumentActor": [{"Functie": office} for office in offices],
    }  # fmt: skip


def rows(found: Iterable[Mapping[str, Any]], *, count: int = 0, onwards: str = "") -> bytes:
    """Return a page of OData."""
    data: dict[str, Any] = {"@odata.context": "$metadata#Document", "@odata.count": count}
    data["value"] = list(found)
    if onwards:
        data["@odata.nextLink"] = onwards
    return json.dumps(data).encode()


WISH = "verzoekt de regering de wegen langs de akkers tijdig te keren,"


def printed_motion(number: int, wish: str = WISH) -> bytes:
    """Return the same motion as a PDF."""
    return pdf(
        "Tweede Kamer der Staten-Generaal", "2", "Vergaderjaar 2026-2027",
        "37 020 IX  Vaststelling van de begrotingsstaten",
        f"Nr. {number}  MOTIE VAN HET LID FEDDEMA",
        "Voorgesteld 8 oktober 2026", "De Kamer,", "gehoord de beraadslaging,",
        "constaterende dat de bietencampagne dit jaar laat begint;", wish,
        "en gaat over tot de orde van de dag.", "Feddema", f"kst-37020-IX-{number}",
        "ISSN 0921 - 7371", "'s-Gravenhage 2026",
    )  # fmt: skip


def official_motion(identifier: str = "kst-37020-IX-40", wish: str = WISH) -> bytes:
    """Return a motion in the XML of officielebekendmakingen.nl."""
    number = identifier.rpartition("-")[2]
    return f"""<?xml version="1.0" encoding="UTF-8"?><officiele-publicatie><metadata>
<meta name="OVERHEIDop.externMetadataRecord" scheme=""
 content="https://zoek.officielebekendmakingen.nl/{identifier}/metadata.xml"/></metadata>
<kamerstuk><kamerstukkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2026-2027</tekstregel>
<tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel>
<tekstregel inhoud="kamernummer">2</tekstregel>
<tekstregel inhoud="documenttype">Kamerstukken</tekstregel></kamerstukkop>
<dossier><dossiernummer><dossiernr>37 020</dossiernr><begrotingshoofdstuk>IX</begrotingshoofdstuk>
</dossiernummer><titel>Vaststelling van de begrotingsstaten</titel></dossier>
<stuk><stuknr>Nr. <ondernummer kamer="2">{number}</ondernummer></stuknr>
<titel>MOTIE VAN HET LID FEDDEMA</titel>
<datumtekst>Voorgesteld <datum isodatum="2026-10-08">8 oktober 2026</datum></datumtekst>
<algemeen><vrije-tekst><tekst status="goed"><al>De Kamer,</al>
<al>gehoord de beraadslaging,</al>
<al>constaterende dat de bietencampagne dit jaar laat begint;</al>
<al>{wish}</al>
<al>en gaat over tot de orde van de dag.</al><al-groep><al>Feddema</al></al-groep>
</tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>""".encode()
