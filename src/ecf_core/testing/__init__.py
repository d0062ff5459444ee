"""The test kit: examples, a clock and ids to hold still, and the contract every storage keeps.

Needs pytest and Hypothesis (``ecf[testing]``); nothing else of the library imports it.
"""
