"""How requests are met: security headers, errors, limits, health, logs."""
