"""Printers, window signs and their simulators. Knows neither Qt nor SQL, and of the project only `shared.domain`."""
