"""For the person who installs and looks after a hall: the `jiaohao` command, doctor and demo."""
