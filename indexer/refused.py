"""What a disk refused, as a sentence: why, and what to do about it.

In goes an `OSError`, out come Dutch words without a full stop, for the end of a sentence. Nothing
of ours is imported, so that every part may.
"""

from __future__ import annotations

import errno

ADVICE = {
    errno.ENOSPC: "de schijf is vol. Maak ruimte en probeer het opnieuw",
    errno.EDQUOT: "het quotum is op. Maak ruimte of vraag om meer, en probeer het opnieuw",
    errno.EFBIG: "een bestand mag niet zo groot worden. Verhoog de grens (ulimit -f)",
    errno.EACCES: "geen toestemming. Geef het recht om te schrijven (chown, chmod)",
    errno.EPERM: "geen toestemming. Geef het recht om te schrijven (chown, chmod)",
    errno.EROFS: "de schijf is alleen te lezen. Koppel hem schrijfbaar aan of kies een andere",
    errno.EMFILE: "er zijn te veel bestanden open. Verhoog de grens (ulimit -n)",
    errno.ENFILE: "er zijn te veel bestanden open. Verhoog de grens van de machine",
    errno.EIO: "de schijf geeft een leesfout of schrijffout. Controleer de schijf (dmesg)",
}

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE)
"""What is wrong with the machine for now, and not with a file that was to be read."""


def told(error: OSError) -> str:
    """Return why the disk refused, where when that is known, and what to do."""
    where = f"{error.filename}: " if error.filename else ""
    other = f"{(error.strerror or str(error)).lower()}. Controleer de map en de rechten"
    return where + ADVICE.get(error.errno or 0, other)
