"""References as print has them, one of each form, with what they point to (or nothing)."""

from __future__ import annotations

AT_HAND = "36200-VII"
"""The dossier of the paper in which these stand."""

REFERENCES: tuple[tuple[str, tuple[str, ...]], ...] = (
    # the Leidraad's forms
    ("Kamerstukken II 2009/10, 27858, nr. 88, p. 3.", ("kst-27858-88",)),
    ("Kamerstukken I 2008/09, 31700 VI, D, p. 4.", ("kst-31700-VI-D",)),
    ("Kamerstukken 1993/94-1996/97, 23761.", ("23761",)),
    ("Bijlage bij Kamerstukken II 2015/16, 34389, nr. 9.", ("kst-34389-9",)),
    ("Handelingen II 2010/11, nr. 108, item 5, p. 25-36.", ("h-tk-20102011-108-5",)),
    ("Aanhangsel Handelingen II 2014/15, nr. 1241.", ("ah-tk-20142015-1241",)),
    # running text
    ("Zie Kamerstuk 21 501-32, nr. 1703.", ("kst-21501-32-1703",)),
    ("Zie Kamerstuk 21501-32-1740 daarover.", ("kst-21501-32-1740",)),
    ("de motie (Kamerstuk 35510-21) vraagt", ("kst-35510-21",)),
    ("In 36 200 VII, nr. 12 staat dat.", ("kst-36200-VII-12",)),
    (
        "Zie ook Aanhangsel Handelingen, vergaderjaar 2022–2023, nr. 3276.",
        ("ah-tk-20222023-3276",),
    ),
    ("Bijlage bij Kamerstuk 29 383, nr. 384.", ("kst-29383-384",)),
    ("(Kamerstuk 362 00 VII, nr. 12, antwoord op vraag 11)", ("kst-36200-VII-12",)),  # a slip
    ("Kamerstuk II, 2020/21, 35 510, nr. 21", ("kst-35510-21",)),
    ("TK 2023/24, 36 410 XVII, nr. 47", ("kst-36410-XVII-47",)),
    ("Kamerstukken II 2021/22, 31 288, nrs. 964, 965 en 970.",
     ("kst-31288-964", "kst-31288-965", "kst-31288-970")),
    ("de brieven (Kamerstuk 29 398, nrs. 1098 en 1101)", ("kst-29398-1098", "kst-29398-1101")),
    ("Kamerstukken 32 813 en 31 305", ("32813", "31305")),
    ("Kamerstuk 33 000 A, nr. 3", ("kst-33000-A-3",)),
    ("Kamerstuk 34 000 (R2034), nr. 5", ("kst-34000-5",)),
    ("https://zoek.officielebekendmakingen.nl/kst-36200-VII-12.html", ("kst-36200-VII-12",)),
    ("kenmerk 2023Z02406 en 2023D05549", ("2023Z02406", "2023D05549")),
    ("toezegging TZ202603-130", ("TZ202603-130",)),
    ("de motie op stuk nr. 31", ("kst-36200-VII-31",)),  # the dossier at hand
    ("Zie blg-929493 en h-tk-20242025-87-15.", ("blg-929493", "h-tk-20242025-87-15")),
    ("Aanhangsel van de Handelingen II 2020-2021, nr. 2168", ("ah-tk-20202021-2168",)),
    ("Aanhangsel Handelingen II, vergaderjaar 2021–2022, nr. 844", ("ah-tk-20212022-844",)),
    ("Kamerstukken I, vergaderjaar 2022–2023, 36 200 VI, nr. D", ("kst-36200-VI-D",)),
    ("Kamerstukken II, vergaderjaar 2019–2020, 35 300 XVI, nr. 12", ("kst-35300-XVI-12",)),
    ("Kamerstuk 27 529 nr. 295", ("kst-27529-295",)),
    ("Kamerstukken II 2022/2023, 36200-VII, 12.", ("kst-36200-VII-12",)),
    ("zie Handelingen II 2007/08, nr. 108, p. 7909-7943", ("h-tk-20072008-7909-7943",)),
    ("de stukken nrs. 10 en 11", ("kst-36200-VII-10", "kst-36200-VII-11")),
    ("nr. 12, was nr. 8 (27858)", ("kst-27858-12",)),  # renumbered when it was moved
    ("het wetsvoorstel 28 170 en de dossiers 29 675 en 29 664", ("28170", "29675", "29664")),
    ("Kamerstuk 29 675, nrs. 191 t/m 193", ("kst-29675-191", "kst-29675-192", "kst-29675-193")),
    ("Aanhangsel Handelingen II 2021/22, nrs. 3456 en 3457",
     ("ah-tk-20212022-3456", "ah-tk-20212022-3457")),
    ("Handelingen 2022/23, nr. 8, item 5", ("h-tk-20222023-8-5",)),
    ("kamerstukken 29675, nr. 192 en 29664, nr. 191", ("kst-29675-192", "kst-29664-191")),
    ("de nader gewijzigde motie (28995, nr. 12, was nr. 7)", ("kst-28995-12",)),
    # what is none
    ("In 2022 waren er 36 200 banen, in Utrecht 12 345.", ()),
    ("Er is 36 200 euro voor 12 500 mensen.", ()),
    ("Postbus 20301, 2500 EH Den Haag, tel. 070 340 79 11", ()),
    ("op 12 november 2020 en 13-12-2022 om 14:30", ()),
    ("artikel 10, tweede lid, onder e, van de Wob", ()),
    ("rekeningnummer 12345, zaak 2020-0000232139", ()),
    ("vergaderjaar 2022–203, nr. 844", ()),  # a real slip: no session, so no paper
    ("de Gasrichtlijn (2009/73/EC) en ECLI:NL:RVS:2019:4453", ()),
    ("tussen 15 000 en 20 000 leerlingen", ()),
    ("NEN-EN 15251 en NEN 16798-1", ()),
)  # fmt: skip
