"""What becomes of files, as digests: read as `build` reads them, in a process of its own.

In go PDFs, out comes JSON: where the reader's modules lie, and for each file a digest of its text,
its boxes and all else, or the reason why there is none.
"""

import json
import sys
from functools import partial
from hashlib import sha256
from pathlib import Path

from indexer.extract import rows, worker
from indexer.extract.limits import Limits
from indexer.extract.read import extract
from indexer.paper import Failure

LIMITS = Limits(seconds=15.0, memory_mb=512)

if __name__ == "__main__":
    files = [Path(name) for name in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    task = partial(extract, ocr="off", limits=LIMITS)
    found = {
        str(path): result.reason
        if isinstance(result, Failure)
        else sha256(repr(result).encode("utf-8", "backslashreplace")).hexdigest()
        for path, result in worker.run(task, files, workers=2, limits=LIMITS)
    }
    sys.stdout.write(json.dumps({"modules": rows.__file__, "found": found}))
