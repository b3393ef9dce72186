### Installing and looking after a hall
