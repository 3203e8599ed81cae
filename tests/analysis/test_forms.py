"""Every form in which people and papers write the same thing: what one writes the other finds."""

from __future__ import annotations

import pytest

from indexer.analysis.chains import Analyzer
from indexer.analysis.tables import EMPTY

ANALYZER = Analyzer(EMPTY)

FOUND = [
    # (in the paper, as typed)
    # names, their particles and apostrophes
    ("het lid Van Dijk (SP)", "van Dijk"),
    ("de heer van den Berg-Jansen", "Berg-Jansen"),
    ("de heer van den Berg-Jansen", "jansen"),
    ("’s-Gravenhage, 13 december", "'s-Gravenhage"),
    ("'s-Gravenhage", "’s‑Gravenhage"),  # another apostrophe, a hyphen that does not break
    ("’s-Hertogenbosch", "s-hertogenbosch"),
    ("in ’t Veld", "in 't veld"),
    ("mevrouw Yeşilgöz-Zegerius", "yesilgoz"),
    ("mevrouw Yeşilgöz-Zegerius", "Yeşilgöz Zegerius"),
    ("het lid Babić", "Babic"),
    ("Wilders’ motie", "wilders motie"),
    ("D’66", "D66"),
    # plurals and possessives with an apostrophe
    ("de foto’s", "foto's"),
    ("de foto’s", "foto"),
    ("Europa’s grenzen", "europa"),
    ("baby`s", "baby’s"),
    # hyphens, spaces and nothing
    ("Fox-IT", "foxit"),
    ("Fox-IT", "Fox IT"),
    ("de F-35", "F35"),
    ("de F35", "F-35"),
    ("wiskunde-onderwijs", "wiskundeonderwijs"),
    ("wiskundeonderwijs", "wiskunde-onderwijs"),
    ("wiskunde-onderwijs", "wiskunde onderwijs"),
    ("in- en uitvoer", "uitvoer"),
    ("Noord‑Brabant", "noord-brabant"),
    ("Noord-Brabant", "Brabant"),
    ("OC&W", "ocw"),
    ("Infrastructuur & Milieu", "infrastructuur milieu"),
    # folding
    ("ĳsbaan", "ijsbaan"),
    ("ĲSLAND", "ijsland"),
    ("coördinatie", "coordinatie"),
    ("reünie", "Reunie"),
    ("één loket", "één loket"),
    ("ÉÉN", "één"),
    ("ﬁnanciering", "financiering"),  # a ligature of a font
    ("regen\u00adboog", "regenboog"),  # a soft hyphen
    # clock times
    ("om 14:30 uur", "14:30"),
    ("om 14.30 uur", "14.30 uur"),
    ("om 9:05", "9:05"),
    # amounts and numbers
    ("€ 1.250,50 per jaar", "€ 1.250,50"),
    ("€1.250,50", "1.250,50"),
    ("4,5 miljoen", "4,5 miljoen"),
    ("12.345 woningen", "12.345"),
    ("17,4%", "17,4"),
    ("artikel 5.1", "artikel 5.1"),
    ("artikel 68", "68"),
    # addresses
    ("zie https://www.overheid.nl/stuk?x=1.", "https://www.overheid.nl/stuk?x=1"),
    ("zie https://www.overheid.nl/stuk", "overheid"),
    ("www.rijksoverheid.nl", "www.rijksoverheid.nl"),
    ("mail naar a.b@minbzk.nl", "a.b@minbzk.nl"),
    # slashes and brackets
    ("kosten/baten", "kosten/baten"),
    ("kosten/baten", "baten"),
    ("en/of", "en/of"),
    ("minister(s)", "minister"),
    ("GroenLinks-PvdA", "groenlinks"),
    ("«School mag panelen niet aanzetten»", "“school mag panelen”"),
    # spelling of before 1995
    ("de produktie van aktiva", "productie activa"),
    ("kontrole", "controle"),
    # signs of chemistry and measures
    ("CO₂-uitstoot", "CO2-uitstoot"),
    ("120 m²", "120 m2"),
    # papers
    ("Kamerstuk 36 200 VII, nr. 12", "36200-VII-12"),
    ("kst-36200-VII-12", "36 200 VII, nr. 12"),
    ("zaak 2024Z 17972", "2024Z17972"),
    # letters with points
    ("de c.a.o. Politie", "cao"),
    ("de cao Politie", "c.a.o."),
    ("de W.O.Z.-waarde", "woz"),
    ("Jansen B.V. te Delft", "bv"),
    ("het lid Bromet c.s.", "bromet"),
    # an abbreviation that is a word in small letters has its capitals
    ("volgens het OM", "OM"),
    ("volgens het O.M.", "OM"),
    ("een OM-beleid", "OM"),
    ("de VN-resolutie", "VN"),
    ("de VN-resolutie", "vn resolutie"),
    ("een resolutie van de VN", "VN-resolutie"),
    ("een resolutie van de VN", "vn-resolutie"),
    ("het besluit over het PAS", "pas"),  # in small letters: both
    ("AI in de zorg", "ai"),
    ("directeur a.i.", "a.i."),
    ("directeur a.i.", "ad-interim directeur"),
    # ages
    ("16-jarigen", "16-jarige"),
    ("zestienjarigen", "zestienjarige"),
    ("een 65-plusser", "65-plussers"),
    ("de minderjarigen", "minderjarigheid"),
    ("campings", "camping"),
    ("nieuwsberichten en nieuws", "nieuws"),
    ("ruimtes", "ruimte"),
    ("onderneming", "ondernemingen"),
    ("de Wet passend onderwijs", "passende"),
]  # fmt: skip
APART = [
    # (in the paper, as typed): not the same thing
    ("een loket", "één"),
    ("één loket", "een"),
    ("om 14:30 uur", "14:31"),
    ("€ 1.250,50", "1.250,55"),
    ("F-35", "F-16"),
    ("36 F-16's en 35 motoren", "F-35"),  # `35` alone is no F-35
    ("36 200 VII, nr. 12", "36 200 VII, nr. 13"),
    ("van Dijk", "van Dijck"),
    ("18-jarigen", "16-jarigen"),
    ("artikel 10.1.c", "c.a.o."),
    ("om dit te doen", "OM"),
    ("Om dit te doen", "OM"),
    ("pas na overleg", "PAS"),
    ("directeur a.i.", "AI"),
    ("boeren, o.m. in Twente", "OM"),
    ("in dit geval, i.c. de school", "IC"),
    # words of one stem to the stemmer, of two to a reader
    ("hun jaarlijkse inkomen dit jaar", "jarigen"),
    ("de nieuwe wet", "nieuws"),
    ("een ruime meerderheid", "ruimte"),
    ("drie scholen", "scholing"),
    ("de naasten", "naast"),
    ("passende maatregelen", "pas"),
    ("ten behoeve van", "behoefte"),
    ("een hoge dijk", "hoogte"),
    ("relateren aan", "relatief"),
    ("de huidige minister", "huid"),
    ("de orde van de dag", "orders"),
    ("een andere agenda", "agenderen"),
    ("overwegende dat", "overweg"),
    ("de grond", "grondig"),
    ("de handel met Duitsland", "handelen"),
    ("de partij", "partijdig"),
    ("de strijd", "strijdig"),
    ("het lid Van Campen", "campings"),
    ("op deze wijze", "wijzen"),
    ("de kwaliteit", "kwalen"),
    ("de gemeente", "mening"),
    ("het gebied", "bieden"),
    ("het gezin", "zin"),
    ("het gevolg", "volgen"),
    ("ten gevolge van", "volgen"),
    ("de minister", "mini"),
    ("wij wijzen erop", "wijzigen"),
]


def finds(paper: str, typed: str) -> bool:
    """Tell whether every word of a query is in a text: itself, or all of its parts."""
    held = {token.text for token in ANALYZER.dutch(paper)}
    return all(
        held.intersection(word.forms) or (word.parts and held.issuperset(word.parts))
        for word in ANALYZER.query(typed)
    )


@pytest.mark.parametrize(("paper", "typed"), FOUND)
def test_what_a_paper_writes_is_found_as_typed(paper: str, typed: str) -> None:
    assert finds(paper, typed)


@pytest.mark.parametrize(("paper", "typed"), APART)
def test_what_is_another_is_not(paper: str, typed: str) -> None:
    assert not finds(paper, typed)
