"""How long a newcomer will wait: readings of the queue, a forecast that learns from the hall's log, and its range.

Standard library only. `forecaster.HallForecaster` is what a hall uses; `replay` scores it on any hall's history.
"""
