"""What the programs of a hall share: the rules, the store, the use cases and what they show alike."""
