"""``python -m newsclaims``: the command line."""

import sys

from newsclaims.cli import main

if __name__ == "__main__":
    sys.exit(main())
