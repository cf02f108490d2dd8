"""The basic system: seal, wordmark, colours, type, pattern, and what is done wrong with them."""

from demo.load.artwork.kit import Kit, box, drawing


def seal(kit: Kit) -> str:
    """The seal alone."""
    return drawing(400, 400, kit.mark(0, 0, 400))


def upright(kit: Kit) -> str:
    """Seal above the words."""
    return drawing(
        520, 640, kit.mark(80, 0, 360), kit.write(kit.brand, 260, 420, height=110), _sub(kit, 260, 580)
    )


def flat(kit: Kit) -> str:
    """Seal beside the words."""
    words = kit.write(kit.brand, 330, 50, height=120, anchor="start")
    sub = kit.write(f"{kit.look.name} 风土", 332, 212, height=44, ink=kit.ink("brand"), anchor="start")
    return drawing(1000, 300, kit.mark(0, 0, 300), words, sub)


def white(kit: Kit) -> str:
    """For dark grounds: nothing but white."""
    seal_ = kit.mark(0, 0, 300, ink="#ffffff", cut=kit.ink("brand-deep"))
    words = kit.write(kit.brand, 330, 88, height=124, ink="#ffffff", anchor="start")
    return drawing(1000, 300, seal_, words)


def wordmark(kit: Kit) -> str:
    """The words alone."""
    return drawing(900, 240, kit.write(kit.brand, 450, 40, height=160))


def colours(kit: Kit) -> str:
    """The chart of colours."""
    names = ("brand", "accent", "brand-deep", "brand-tint", "paper", "ink")
    parts = [
        box(20 + 160 * n, 20, 140, 260, kit.ink(name), line=kit.ink("line")) for n, name in enumerate(names)
    ]
    return drawing(980, 300, *parts)


def type_(kit: Kit) -> str:
    """A specimen of the type."""
    return drawing(
        900,
        420,
        box(0, 0, 900, 420, kit.ink("paper")),
        kit.write(kit.brand, 60, 60, height=110, anchor="start"),
        kit.write("标题用宋体，正文用黑体", 60, 220, height=50, ink=kit.ink("brand"), anchor="start"),
        kit.write("0123456789", 60, 320, height=54, anchor="start"),
    )


def pattern(kit: Kit) -> str:
    """The land as a strip."""
    return drawing(1200, 360, kit.land(0, 0, 1200, 360))


def produce(kit: Kit) -> str:
    """The drawing of what grows."""
    return drawing(480, 480, kit.produce(0, 0, 480))


def on_paper(kit: Kit) -> str:
    """Right: on paper, with room around."""
    return drawing(600, 420, box(0, 0, 600, 420, kit.ink("paper")), kit.mark(215, 50, 170), _name(kit, 280))


def on_brand(kit: Kit) -> str:
    """Right: white on the brand's colour."""
    deep = kit.ink("brand-deep")
    return drawing(
        600,
        420,
        box(0, 0, 600, 420, deep),
        kit.mark(215, 50, 170, ink="#ffffff", cut=deep),
        _name(kit, 280, "#ffffff"),
    )


def stretched(kit: Kit) -> str:
    """Wrong: pulled wide."""
    return drawing(
        600,
        420,
        box(0, 0, 600, 420, kit.ink("paper")),
        f'<g transform="translate(60 120) scale(2.8 1)">{kit.mark(0, 0, 170)}</g>',
    )


def recoloured(kit: Kit) -> str:
    """Wrong: in another colour."""
    return drawing(600, 420, box(0, 0, 600, 420, kit.ink("paper")), kit.mark(190, 90, 220, ink="#2a6fd6"))


def tilted(kit: Kit) -> str:
    """Wrong: tilted."""
    turned = f'<g transform="rotate(-28 300 210)">{kit.mark(190, 100, 220)}</g>'
    return drawing(600, 420, box(0, 0, 600, 420, kit.ink("paper")), turned)


def on_drawing(kit: Kit) -> str:
    """Wrong: on the land, where it drowns."""
    return drawing(600, 420, kit.land(0, 0, 600, 420), kit.mark(210, 180, 180))


def _name(kit: Kit, y: float, ink: str = "") -> str:
    return kit.write(kit.brand, 300, y, height=64, ink=ink)


def _sub(kit: Kit, x: float, y: float) -> str:
    return kit.write(f"{kit.look.name} 风土", x, y, height=44, ink=kit.ink("brand"))
