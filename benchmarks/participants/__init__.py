"""Lists of a lead provider's participants, at national size."""
