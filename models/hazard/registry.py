"""The hazard models there are, by name."""

from models.hazard.dense_zone import DenseGasModel
from models.hazard.model_choice import ChosenModel
from models.hazard.ports import HazardModel
from models.hazard.zone_model import GaussianPlumeModel

DEFAULT = ChosenModel.name


def models() -> dict[str, HazardModel]:
    """Return every model by its name.

    Examples
    --------
    >>> list(models())
    ['automatic choice', 'Gaussian plume (ISC3)', 'Dense gas (layer model)']
    """
    every: tuple[HazardModel, ...] = (ChosenModel(), GaussianPlumeModel(), DenseGasModel())
    return {model.name: model for model in every}


def default_model() -> HazardModel:
    """Return the model that an incident starts with."""
    return models()[DEFAULT]
