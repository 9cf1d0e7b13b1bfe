"""Which notebook runs for which region, how it is run and stamped, and the pages written around it."""
