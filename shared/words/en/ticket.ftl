### The printed ticket
