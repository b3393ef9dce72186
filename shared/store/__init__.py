"""The store of a hall: SQLAlchemy tables, engine, migrations, transactions, read models, change listener."""
