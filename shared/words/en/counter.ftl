### The clerk's terminal
