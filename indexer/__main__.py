"""`python -m indexer`: see `indexer.cli`."""

import gc
import os
import sys

from indexer.installed import end_without, refuse_old_python

gc.set_threshold(50_000)  # to look for circles while modules load, which make none, takes a tenth
# numpy starts a thread for each core that waits busily for sums of matrices: .05 CPU seconds.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def run() -> int:
    """Run a command; each module is loaded when it is needed, and may miss a package."""
    from indexer import expressions, generated  # noqa: PLC0415 - after what is set above

    expressions.remember()
    generated.remember()

    from indexer.cli import main  # noqa: PLC0415 - with what was remembered

    return main()


if __name__ == "__main__":
    refuse_old_python("indexer")
    try:
        code = run()
    except ModuleNotFoundError as error:
        end_without(error, "indexer")
        raise
    gc.freeze()  # what is left goes with the process: to look for circles in it takes .1 second
    sys.exit(code)
