"""What is said of base maps, in the screen's language."""

from PySide6.QtCore import QObject

from app.basemaps.service import ShownMap


class BaseMapWords(QObject):
    """Sentences by code."""

    def refused(self, code: str) -> str:
        """Return why a file became no base map."""
        return {
            "no_file": self.tr("The file isn't there or can't be read."),
            "damaged": self.tr("The file is damaged or isn't what its name says."),
            "unknown_format": self.tr("The file's format can't be read as a map."),
            "empty": self.tr("The file holds nothing that a base map draws."),
            "no_crs": self.tr("The file doesn't say its coordinate system (.prj is missing)."),
            "disk": self.tr("The base map can't be written: the disk is full or protected."),
            "busy": self.tr("Another base map is being made; wait for it or stop it."),
            "cancelled": self.tr("Stopped. Nothing was kept."),
        }.get(code, self.tr("The import broke off; the log says why."))

    def step(self, step: str) -> str:
        """Return what an import is doing."""
        return {
            "reading": self.tr("Reading"),
            "cutting": self.tr("Cutting tiles"),
            "writing": self.tr("Writing"),
        }.get(step, "")

    def state(self, shown: ShownMap) -> str:
        """Return what is wrong with a base map, '' when nothing is."""
        if shown.trouble:
            return self.tr("can't be read: {reason}").format(reason=shown.trouble)
        return {
            "silent": self.tr("server does not answer"),
            "refused": self.tr("server refuses the key"),
            "garbage": self.tr("server sends no pictures"),
        }.get(shown.server or "", "")

    def over_the_map(self, shown: ShownMap) -> str:
        """Return what the map says while a server is away, '' when nothing is to say."""
        name = shown.base_map.name
        match shown.server:
            case "silent":
                text = self.tr("Base map server does not answer: {name}. Stored tiles are shown.")
            case "refused":
                text = self.tr("Base map server refuses the key: {name}. Stored tiles are shown.")
            case "garbage":
                text = self.tr("Base map server sends no pictures: {name}. Stored tiles are shown.")
            case _:
                return ""
        return text.format(name=name)
