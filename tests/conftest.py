from hypothesis import settings

# A busy machine must not fail a property.
settings.register_profile("anqima", deadline=None)
settings.load_profile("anqima")

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.app",
    "tests.fixtures.redis",
    "tests.fixtures.actors",
    "tests.fixtures.browser",
    "tests.fixtures.demo",
    "tests.fixtures.walk",
]
