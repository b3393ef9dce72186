"""Set-up and checks for those who work on the code; nothing here is installed with the product."""
