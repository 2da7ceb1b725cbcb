#!/usr/bin/env python
"""Django's command line for Factcheck."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    from factcheck.env import BadEnvironment

    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except BadEnvironment as error:
        sys.exit(f"factcheck: {error}")


if __name__ == "__main__":
    main()
