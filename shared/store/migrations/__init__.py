"""The schema's history: one Alembic revision a step, written so that it runs on SQLite and on PostgreSQL."""
