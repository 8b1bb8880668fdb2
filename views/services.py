"""What the screens use besides the desk."""

from dataclasses import dataclass

from app.contour_follower import ContourFollower
from app.dispatching import Dispatcher
from app.estimate_follower import EstimateFollower
from app.reference import ReferenceService
from app.settings import Settings
from app.site import Site
from app.zone_follower import ZoneFollower


@dataclass(frozen=True, slots=True)
class Services:
    """Passed once, from the composition root to the screens."""

    site: Site
    settings: Settings
    dispatcher: Dispatcher
    zones: ZoneFollower
    contours: ContourFollower
    estimates: EstimateFollower
    references: ReferenceService
