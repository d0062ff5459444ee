"""How fast it is, beside an ordinary server and beside the least that could be done."""
