"""Moving the participants of a programme, from one of them to a hundred thousand."""
