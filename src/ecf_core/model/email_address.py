from typing import Final

LONGEST_EMAIL: Final = 320


def is_email(text: str) -> bool:
    """It could be an e-mail address: a local part and a host of several labels."""
    local, at, host = text.rpartition("@")
    labels = host.split(".")
    return (
        bool(at and local)
        and len(text) <= LONGEST_EMAIL
        and len(labels) > 1
        and all(labels)
        and not any(c.isspace() or not c.isprintable() for c in text)
    )
