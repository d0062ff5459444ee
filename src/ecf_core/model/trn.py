"""Teacher reference numbers: seven digits, one for each person."""

from typing import Final

DIGITS: Final = 7
FEWEST_DIGITS: Final = 5


def trn_digits(text: str) -> str:
    """The digits of what was typed: people write ``RP99/12345`` and ``12 34 567``."""
    return "".join(c for c in text if c in "0123456789")


def trn_from(text: str) -> str | None:
    """The TRN that was typed, with the leading noughts that people leave out."""
    digits = trn_digits(text)
    return digits.zfill(DIGITS) if FEWEST_DIGITS <= len(digits) <= DIGITS else None
