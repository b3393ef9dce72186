"""The lobby screen: which number goes to which counter, who waits and how long."""
