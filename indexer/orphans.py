"""Child processes that do not outlive the process that started them, however that one ends.

In goes the number of the parent. One that is killed cleans nothing up: on Linux the kernel kills
the child then; elsewhere a child finds its connection closed when it asks for its next task.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""From linux/prctl.h: the signal that a process gets when the thread that started it ends."""


def die_with(parent: int) -> None:
    """Be killed when the process `parent`, which started this one, is gone; call it first thing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # it was gone before the kernel was asked
