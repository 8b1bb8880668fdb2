"""`python -m app` is `muster`."""

import sys

from app.cli import main

sys.exit(main())
