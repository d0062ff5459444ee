import pytest
from sqlalchemy import Engine

from ecf_adapters.sql.queries import sql_queries
from ecf_adapters.sql.storage import SqlStorage
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from tests.story import Story


class TestStoryInSql(Story):
    @pytest.fixture
    def storage(self, engine: Engine) -> Storage:
        return SqlStorage(engine)

    @pytest.fixture
    def queries(self, engine: Engine) -> Queries:
        return sql_queries(engine)
