from collections.abc import Callable
from uuid import UUID

NewId = Callable[[], UUID]
"""Makes an id that nothing else has."""

NewSecret = Callable[[], str]
"""Makes 256 random bits, as text that may stand in a URL."""
