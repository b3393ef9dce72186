"""How many counters a hall needs: the usual half-hours by formula, and this very moment by simulation.

Standard library only. `erlang_a` and `half_hours` answer for the plan of a week, `what_if` for the next half-hour.
"""
