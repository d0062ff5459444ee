"""Lists, polls and new partnerships on data of national size."""
