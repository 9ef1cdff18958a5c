"""The typefaces that travel with the product; their origin and licence are in ``docs/fonts.md`` and ``OFL.txt``."""
