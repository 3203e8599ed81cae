"""`python -m indexer`: see `indexer.cli`."""

import gc
import sys

gc.set_threshold(50_000)  # to look for circles while modules load, which make none, takes a tenth

from indexer.cli import main  # noqa: E402 - as above

if __name__ == "__main__":
    sys.exit(main())
