"""What tests of this room begin with, and how they send a picture."""

from io import BytesIO
from uuid import uuid4

import pytest

from tests.factories.accounts import make_agency
from tests.factories.hazards import (
    make_hazard,
    make_plant,
    picture,
)
from webapp.accounts.rules.roles import Role
from webapp.platform.tenancy import Actor, officer_scope


def inspector(region="410502"):
    """An officer of a county."""
    agency = make_agency(region_code=region)
    return Actor(uuid4(), "张海峰", Role.INSPECTOR.value, officer_scope(agency.id, region))


def plant_and(state, **values):
    """A plant with one hazard in a state."""
    plant = make_plant()
    return plant, make_hazard(plant, state, **values)


def message_of(error, function, *args, **values):
    """What a use case says when it refuses."""
    with pytest.raises(error) as refused:
        function(*args, **values)
    return refused.value.message


def sent(seed=1):
    """A photo as a browser sends it."""
    return BytesIO(picture(seed)), "现场.jpg"
