"""The rules of the queue: pure Python, standard library only."""
