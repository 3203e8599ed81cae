"""`python -m search_app`."""

from __future__ import annotations

import sys

from search_app.cli import main

sys.exit(main())
