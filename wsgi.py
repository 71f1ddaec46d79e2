"""The WSGI entry point; what is wrong with the settings is said in one sentence."""

import sys

from webapp import create_app
from webapp.config import UnsafeSettings
from webapp.platform.cluster import ClusterUnavailable

# What gunicorn takes as "cannot start at all"; with any other code it would try for ever.
CANNOT_START = 3

try:
    app = create_app()
except (UnsafeSettings, ClusterUnavailable) as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(CANNOT_START)
