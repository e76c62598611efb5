"""Unit tests: in this process alone, on fakes."""

from hypothesis import HealthCheck, settings

# Machines differ in speed and are busy at times; how long an example takes is no finding.
settings.register_profile("unit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unit")
