"""What drawings are called: shapes, meanings, colours, and one name for a whole sketch."""

from PySide6.QtCore import QObject

from models.operation.sketch import Sketch


class SketchWords(QObject):
    """Words for what is drawn, in the screen's language."""

    def name(self, sketch: Sketch) -> str:
        """Return what a sketch is, with its label."""
        kind = self.kind(sketch)
        return f"{kind} · {sketch.label}" if sketch.label else kind

    def kind(self, sketch: Sketch) -> str:
        """Return what a sketch is: its meaning, or its shape when it has none."""
        if sketch.meaning == "plain":
            return self.shapes()[sketch.shape]
        return self.meanings()[sketch.meaning]

    def shapes(self) -> dict[str, str]:
        """Return the names of the shapes, in the order of the tools."""
        return {
            "point": self.tr("Point"),
            "line": self.tr("Line"),
            "polygon": self.tr("Polygon"),
            "rectangle": self.tr("Rectangle"),
            "circle": self.tr("Circle"),
            "buffer": self.tr("Buffer"),
            "text": self.tr("Text"),
            "arrow": self.tr("Arrow"),
            "sector": self.tr("Sector"),
        }

    def meanings(self) -> dict[str, str]:
        """Return the names of the tactical meanings."""
        return {
            "plain": self.tr("No meaning"),
            "hot_line": self.tr("Hot zone line"),
            "warm_line": self.tr("Warm zone line"),
            "cold_line": self.tr("Cold zone line"),
            "staging": self.tr("Staging area"),
            "command_post": self.tr("Command post"),
            "decontamination": self.tr("Decontamination"),
            "water_supply": self.tr("Water supply"),
            "casualty_collection": self.tr("Casualty collection point"),
            "evacuation_route": self.tr("Evacuation route"),
            "assembly": self.tr("Assembly point or shelter"),
            "road_block": self.tr("Road block"),
            "entry_point": self.tr("Entry point"),
        }

    def inks(self) -> dict[str, str]:
        """Return what the colours of plain drawings mean."""
        return {
            "neutral": self.tr("Neutral"),
            "own": self.tr("Own forces"),
            "danger": self.tr("Danger"),
            "caution": self.tr("Caution"),
            "safe": self.tr("Safe"),
        }
