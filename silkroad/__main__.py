"""`python -m silkroad` is the same as `silkroad`."""

from silkroad.cli import main

if __name__ == "__main__":
    main()
