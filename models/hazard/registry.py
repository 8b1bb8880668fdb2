"""The hazard models there are, by name."""

from models.hazard.ports import HazardModel
from models.hazard.zone_model import GaussianPlumeModel

DEFAULT = GaussianPlumeModel.name


def models() -> dict[str, HazardModel]:
    """Return every model by its name.

    Examples
    --------
    >>> list(models())
    ['Gaussian plume (ISC3)']
    """
    plume = GaussianPlumeModel()
    return {plume.name: plume}


def default_model() -> HazardModel:
    """Return the model that an incident starts with."""
    return models()[DEFAULT]
