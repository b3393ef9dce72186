"""The hall goes on without its database: what machines keep by themselves, and how it is delivered."""
