### The ticket machine
