"""The clerk's program: calls tickets to one counter, by keyboard, in a desk or in a slim bar."""
