"""Signs at the windows: a text becomes a frame by a preset written in TOML, the frame goes over a line."""
