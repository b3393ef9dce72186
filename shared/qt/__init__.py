"""What the three programs share on screen."""
