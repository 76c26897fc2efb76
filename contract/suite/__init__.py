"""The same run as tests, one a clause, for teams that live in pytest.

::

    pytest -p contract.suite.plugin --pyargs contract.suite --target http://127.0.0.1:8420
"""
