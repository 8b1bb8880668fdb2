"""The hazard models there are, by name."""

from models.hazard.ports import HazardModel

DEFAULT = "automatic choice"


def models() -> dict[str, HazardModel]:
    """Return every model by its name.

    Examples
    --------
    >>> list(models())
    ['automatic choice', 'Gaussian plume (ISC3)', 'Dense gas (layer model)']
    """
    # the models bring scipy along, which a start doesn't need
    from models.hazard.dense_zone import DenseGasModel
    from models.hazard.model_choice import ChosenModel
    from models.hazard.zone_model import GaussianPlumeModel

    every: tuple[HazardModel, ...] = (ChosenModel(), GaussianPlumeModel(), DenseGasModel())
    return {model.name: model for model in every}


def default_model() -> HazardModel:
    """Return the model that an incident starts with."""
    return models()[DEFAULT]
