"""Clear space, drawn to scale around the picture of an asset."""

from dataclasses import dataclass

from brand.models import VIAsset, VIVersion

HEIGHT = 200  # units of the drawing; the thing itself is that high
MARGIN = 34  # for the measures outside


@dataclass(frozen=True, slots=True)
class ClearSpace:
    """Where everything of the drawing stands, in its own units."""

    src: str
    share: str
    gap: int
    width: int
    height: int
    whole_width: int
    whole_height: int

    @property
    def left(self) -> int:
        """Left side of the thing."""
        return MARGIN + self.gap

    @property
    def top(self) -> int:
        """Upper side of the thing."""
        return self.gap + 2

    @property
    def right(self) -> int:
        """Right side of the thing."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Lower side of the thing."""
        return self.top + self.height

    @property
    def outer_width(self) -> int:
        """Width with the space on both sides."""
        return self.width + 2 * self.gap

    @property
    def outer_height(self) -> int:
        """Height with the space above and below."""
        return self.height + 2 * self.gap

    @property
    def middle(self) -> int:
        """Half way across the thing."""
        return self.left + self.width // 2


def clear_space_of(asset: VIAsset, version: VIVersion) -> ClearSpace | None:
    """Return the drawing, where the asset has a clear space and a picture."""
    if not asset.clear_space or not version.preview_small or not version.preview_height:
        return None
    width = max(round(HEIGHT * version.preview_width / version.preview_height), 1)
    gap = max(round(HEIGHT * float(asset.clear_space)), 1)
    return ClearSpace(
        src=version.preview_small.url,
        share=f"{asset.clear_space.normalize():f}",
        gap=gap,
        width=width,
        height=HEIGHT,
        whole_width=width + 2 * gap + MARGIN + 2,
        whole_height=HEIGHT + 2 * gap + 4,
    )
