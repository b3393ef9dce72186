"""What people press: call pads at the counter, rating pads for customers, scanners. Bytes become events."""
