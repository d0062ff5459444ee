"""The same service as a good team would write it with FastAPI and SQLAlchemy's ORM."""
