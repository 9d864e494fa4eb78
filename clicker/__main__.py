"""`python -m clicker` is the same as the command `clicker`."""

from clicker.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
