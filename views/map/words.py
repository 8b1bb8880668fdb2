"""The map's words in the screen's language."""

from PySide6.QtCore import QObject

from maps.layer_facts import LayerWords
from maps.scene import SceneWords
from models.hazard.ports import Caution


class MapWords(QObject):
    """Translated templates and titles; made anew when the language changes."""

    def scene(self, language: str) -> SceneWords:
        """Return the templates of the scene."""
        return SceneWords(
            language=language,
            people=self.tr("{n} people"),
            people_unknown=self.tr("people to be verified"),
            arrival=self.tr("{minutes} min"),
            arrival_now=self.tr("< 1 min"),
            eta=self.tr("ETA {minutes}:{seconds:02d}"),
            inside=self.tr("{places} places, {people} people inside"),
            inside_at_least=self.tr("{places} places inside, at least {people} people"),
            inside_unknown=self.tr("{places} places inside, people to be verified"),
            out_of_date=self.tr("OUT OF DATE"),
            replaced=self.tr("replaced"),
            rule_of_thumb=self.tr("rule of thumb"),
            not_valid=self.tr("The model is not valid here: trust what is measured on site."),
            wind=self.tr("{speed:.1f} m/s from {direction:03.0f}° · stability {stability}"),
            mast=self.tr("{speed:.1f} m/s · {direction:03.0f}°"),
            no_wind=self.tr("no wind reading"),
            masts_disagree=self.tr("masts disagree"),
            wind_stale=self.tr("wind reading is old"),
            unverified=self.tr("unverified"),
            staging=self.tr("Staging {team}"),
            source_region=self.tr("source {share}"),
            source_note=self.tr("ESTIMATED SOURCE on the map: not on record"),
            preview=self.tr("PREVIEW"),
            preview_note=self.tr("PREVIEW on the map: not on record"),
            colours=self.colours(),
            domino=self.tr("domino: {received} of {threshold} {unit}"),
            caution=self.caution,
        )

    def colours(self) -> dict[str, str]:
        """Return the words of the four colours of a warning that are above blue."""
        return {
            "red": self.tr("red"),
            "orange": self.tr("orange"),
            "yellow": self.tr("yellow"),
        }

    def page(self, language: str) -> dict[str, str]:
        """Return the words of the page's own furniture."""
        words = {
            "language": language,
            "legend": self.tr("Layers"),
            "cluster": self.tr("{n} objects: click to zoom in"),
            "picked_of": self.tr("{n} of {of} picked"),
            "picked": self.tr("{n} picked · Esc puts them back"),
            "silent": self.tr("no report for {time}"),
        }
        words |= {f"kind.{kind}": title for kind, title in self.kinds().items()}
        words |= {f"layer.{layer}": title for layer, title in self.layers().items()}
        return words | {f"group.{group}": title for group, title in self.groups().items()}

    def name(self) -> str:
        """Return what the map is called."""
        return self.tr("Map")

    def layer_notes(self) -> LayerWords:
        """Return the templates of what is said over the map about its layers."""
        return LayerWords(
            hidden=self.tr("HIDDEN on this map: {layers}"),
            filtered=self.tr("FILTERED: {layers}"),
            part=self.tr("{title} {shown} of {total}"),
            part_unknown=self.tr("{title} {shown} of {total} ({unknown} unknown left out)"),
            kinds=self.kinds(),
        )

    def kinds(self) -> dict[str, str]:
        """Return what one thing of each kind of bulk points is called."""
        return {
            "teams": self.tr("Teams"),
            "receptors": self.tr("People to protect"),
            "hazard-sources": self.tr("Hazard sources"),
            "enterprises": self.tr("Enterprises"),
            "materials": self.tr("Depots"),
            "tags": self.tr("Measuring points"),
            "cameras": self.tr("Cameras"),
            "features": self.tr("Gates, masts, shelters, hydrants"),
            "vehicles": self.tr("Vehicles"),
            "layers": self.tr("Imported"),
        }

    def groups(self) -> dict[str, str]:
        """Return the titles of the groups of layers (see `maps.layers.GROUPS`)."""
        return {
            "now": self.tr("Happening now"),
            "zones": self.tr("Zones and ways"),
            "people": self.tr("People to protect"),
            "hazards": self.tr("Hazards"),
            "means": self.tr("Means and places"),
            "imported": self.tr("Imported"),
            "ground": self.tr("Base and names"),
        }

    def layers(self) -> dict[str, str]:
        """Return the titles of the layers of the catalogue, in its order."""
        return {
            "incidents": self.tr("Incidents"),
            "alarms": self.tr("Alarms"),
            "warnings": self.tr("Warning colours"),
            "vehicles": self.tr("Vehicles"),
            "tracks": self.tr("Vehicle tracks"),
            "teams": self.tr("Teams"),
            "zones": self.tr("Threat zones"),
            "contours": self.tr("Probability contours"),
            "sources": self.tr("Estimated sources"),
            "cordons": self.tr("Cordons"),
            "evacuation": self.tr("Evacuation routes"),
            "routes": self.tr("Team routes"),
            "staging": self.tr("Staging points"),
            "drawings": self.tr("Drawings"),
            "schools": self.tr("Schools"),
            "hospitals": self.tr("Hospitals"),
            "villages": self.tr("Villages, housing"),
            "intakes": self.tr("Water intakes"),
            "receptors": self.tr("Other places"),
            "hazard-1": self.tr("Grade 1 hazards"),
            "hazard-2": self.tr("Grade 2 hazards"),
            "hazard-3": self.tr("Grade 3 hazards"),
            "hazard-4": self.tr("Grade 4 hazards"),
            "hazard-0": self.tr("Ungraded hazards"),
            "enterprises": self.tr("Enterprises"),
            "tags": self.tr("Measuring points"),
            "cameras": self.tr("Cameras"),
            "materials": self.tr("Depots"),
            "shelters": self.tr("Shelters"),
            "hydrants": self.tr("Hydrants"),
            "features": self.tr("Gates, masts, others"),
            "labels": self.tr("Names"),
            "wind": self.tr("Wind"),
            "roads": self.tr("Roads"),
            "buildings": self.tr("Buildings and units"),
            "land": self.tr("Water, plots, racks"),
            "base": self.tr("Base map"),
        }

    def sources(self, licences: tuple[str, ...]) -> str:
        """Return where the map's data come from."""
        return " · ".join((self.tr("Base map: Natural Earth"), *licences))

    def plain_map(self) -> str:
        """Return what the fallback says over itself."""
        return self.tr("PLAIN MAP: the full map needs QtWebEngine, which can't be used here")

    def lost(self, reason: str) -> str:
        """Return what is said while a lost page is rebuilt."""
        if reason == "gave_up":
            return self.tr("The map stopped several times. The plain map is shown instead.")
        return self.tr("The map stopped and is being rebuilt…")

    def caution(self, caution: Caution) -> str:
        """Return a caution in the screen's language; an unknown code keeps its English text."""
        return self._cautions().get(caution.code, caution.text)

    def _cautions(self) -> dict[str, str]:
        return {
            "calm": self.tr("Calm: no direction; the zone is a circle, the model isn't valid."),
            "low_wind": self.tr("Low wind: below 1 m/s a plume meanders, the model isn't valid."),
            "dense_gas": self.tr(
                "Heavy gas: it spreads by its own weight, wider and slower than this plume."
            ),
            "dense_model": self.tr(
                "Heavy gas: computed with the dense-gas model, as let out at the ground."
            ),
            "sinks": self.tr("Released high up it sinks: taken as released at the ground."),
            "may_rise": self.tr("Lighter than air once warm: farther off it may rise."),
            "heavy_gas": self.tr("Heavier than air when fresh: it may gather in low places."),
            "near_field": self.tr("Nearer than 100 m the model has no meaning."),
            "all_near_field": self.tr(
                "The whole zone is nearer than 100 m: an order of magnitude."
            ),
            "cut": self.tr("A level goes on beyond 50 km; the zone is cut there."),
            "far_field": self.tr("Beyond 10 km neither weather nor curves hold."),
            "reached_nowhere": self.tr("A level is reached nowhere at the ground."),
            "probability_nowhere": self.tr("Some contours exist nowhere: nothing is that sure."),
            "narrow_ensemble": self.tr("The contours lie closer together than field trials do."),
            "if_it_ignites": self.tr("IF IT IGNITES: nothing is known to burn yet."),
            "jet_anywhere": self.tr("A jet may point anywhere: its reach is drawn all around."),
            "short_fireball": self.tr("A fireball lasts seconds: levels of 60 s overstate it."),
            "fragments_farther": self.tr("Single fragments fly farther, over a kilometre."),
            "cloud_drifts": self.tr("The cloud may drift before it ignites: the blast with it."),
            "fire_assumed": self.tr("A typical leak is assumed, held until it is empty."),
            "unverified_fire_levels": self.tr("Levels of heat and blast are recalled, unverified."),
            "assumed_rate": self.tr("The release rate is ASSUMED."),
            "long_release": self.tr(
                "Longer than an hour: the levels hold for 60 min, farther off it harms as well."
            ),
            "short_release": self.tr("The release ends before the cloud is there: overestimated."),
            "unverified_levels": self.tr("Levels of concern are recalled and unverified."),
            "level_not_published": self.tr("A level isn't published; no zone is drawn for it."),
            "no_levels_of_concern": self.tr("No levels of concern: a rule of thumb only."),
            "rule_of_thumb": self.tr("A rule of thumb from a table, not a model."),
            "unverified_distances": self.tr("Isolation distances are recalled and unverified."),
            "unknown_substance": self.tr("Substance unknown: the default for unknowns."),
            "spill_assumed": self.tr("Spill size unknown: large assumed."),
            "night_assumed": self.tr("Time unknown: night assumed."),
            "wind_not_followed": self.tr(
                "This zone doesn't follow the wind: when it turns, judge it and draw it anew."
            ),
            "no_arrival": self.tr("No times of arrival: nothing says when the cloud is where."),
            "drawn_by_hand": self.tr("Drawn by hand, computed by no model."),
            "imported": self.tr("Imported, not computed here: no input was checked."),
            "source_elsewhere": self.tr("The file's source is not where the incident is."),
            "other_substance": self.tr("The file is about another substance than the incident."),
            "source_assumed": self.tr("The file names no source: the incident's place is taken."),
            "lines_enclosed": self.tr("Confidence lines count with all the ground they enclose."),
            "left_out": self.tr("Some outlines of the file were left out by the officer."),
        }
