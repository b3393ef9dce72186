"""Ticket printers: a slip becomes a picture, the picture ESC/POS bytes, the bytes paper, or an honest
reason why not.
"""
