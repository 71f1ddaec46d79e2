pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.app",
    "tests.fixtures.redis",
    "tests.fixtures.actors",
    "tests.fixtures.browser",
    "tests.fixtures.demo",
    "tests.fixtures.walk",
]
