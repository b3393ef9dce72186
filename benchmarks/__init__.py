"""How fast the queue and the programs are, next to what the database driver or an empty window needs."""
