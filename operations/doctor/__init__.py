"""`jiaohao doctor`: what is wrong with this machine and its hall, and what to do about it."""
