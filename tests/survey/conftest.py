"""How the property tests of this room run."""

from hypothesis import settings

# The same examples in every run; no deadline, since tests do not time anything.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
