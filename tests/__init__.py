"""The tests. A package, because some distributions install one of this name, and processes of ours would find that."""
