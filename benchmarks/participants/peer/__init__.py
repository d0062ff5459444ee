"""The service of the lists' peer, with participants."""
