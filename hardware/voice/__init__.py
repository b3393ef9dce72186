"""The loudspeaker: clip packs, announcements joined out of them, and programs that play sound."""
