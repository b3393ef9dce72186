"""A hall day at work: real arrivals, clerks and programs, for a newcomer and for a look at every screen."""
