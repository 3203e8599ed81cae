"""`python -m indexer`: see `indexer.cli`."""

import gc
import os
import sys

gc.set_threshold(50_000)  # to look for circles while modules load, which make none, takes a tenth
# numpy starts a thread for each core that waits busily for sums of matrices: .05 CPU seconds.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from indexer import expressions, generated  # noqa: E402 - as above

expressions.remember()
generated.remember()

from indexer.cli import main  # noqa: E402 - as above

if __name__ == "__main__":
    code = main()
    gc.freeze()  # what is left goes with the process: to look for circles in it takes .1 second
    sys.exit(code)
