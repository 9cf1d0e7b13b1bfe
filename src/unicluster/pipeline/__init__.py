"""Which notebook runs for which region, how it is run and stamped, and the pages written around it."""

import sys

# With this package jsonschema builds a grammar on import, for addresses in letters of all languages, which takes more
# than a second of every process that reads a notebook. No schema here has such addresses; jsonschema goes without it.
sys.modules.setdefault("rfc3987_syntax", None)
