### Fencing database roles
fence-hall = { $role } works on the rows of { $hall } from now on, and sees no other hall
fence-all = { $role } reads every hall from now on, and writes nothing
fence-refused-not_postgres = Only PostgreSQL knows roles; a SQLite file belongs to whoever may open it
fence-refused-unknown_role = There is no such role; make it first with CREATE ROLE
