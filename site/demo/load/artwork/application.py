"""The application system: what carries the brand, from the sign over the door to the side of a van."""

from demo.load.artwork.kit import Kit, box, circle, drawing, shape


def sign(kit: Kit) -> str:
    """The sign over a shop."""
    deep = kit.ink("brand-deep")
    return drawing(
        1400,
        420,
        box(0, 0, 1400, 420, deep),
        kit.land(0, 250, 1400, 170),
        kit.mark(90, 60, 200, ink="#ffffff", cut=deep),
        kit.write(kit.brand, 340, 90, height=130, ink="#ffffff", anchor="start"),
        kit.write("专卖店", 1310, 120, height=80, ink=kit.ink("accent"), anchor="end"),
    )


def door_plate(kit: Kit) -> str:
    """The plate beside the door."""
    return drawing(
        480,
        640,
        box(2, 2, 476, 636, kit.ink("paper"), round_=28, line=kit.ink("brand")),
        kit.mark(140, 70, 200),
        kit.write(kit.brand, 240, 320, height=70),
        kit.write("授权使用", 240, 430, height=46, ink=kit.ink("brand")),
        kit.write("LC-2026-0000", 240, 540, height=30),
    )


def badge(kit: Kit) -> str:
    """The badge of whoever works at the stand."""
    return drawing(
        420,
        620,
        box(2, 2, 416, 616, "#ffffff", round_=24, line=kit.ink("line-2")),
        box(2, 2, 416, 150, kit.ink("brand"), round_=24),
        box(160, 34, 100, 16, "#ffffff", round_=8),
        kit.write(kit.brand, 210, 78, height=44, ink="#ffffff"),
        box(135, 190, 150, 180, kit.ink("brand-tint"), round_=12),
        kit.mark(165, 235, 90),
        kit.write("王秀兰", 210, 410, height=48),
        kit.write("工作证", 210, 500, height=34, ink=kit.ink("brand")),
    )


def uniform(kit: Kit) -> str:
    """A shirt."""
    sleeves = "M200 60 L80 120 L20 300 L110 340 L140 270"
    shirt = f"{sleeves} V640 H460 V270 L490 340 L580 300 L520 120 L400 60 Q300 130 200 60Z"
    return drawing(
        600,
        680,
        shape(shirt, kit.ink("brand"), line=kit.ink("brand-deep")),
        shape("M200 60Q300 130 400 60L380 50Q300 100 220 50Z", kit.ink("accent")),
        kit.mark(355, 190, 80, ink="#ffffff", cut=kit.ink("brand")),
        kit.write(kit.brand, 300, 470, height=56, ink="#ffffff"),
    )


def parasol(kit: Kit) -> str:
    """A parasol seen from the side."""
    brand, tint = kit.ink("brand"), kit.ink("brand-tint")
    roof = "".join(
        shape(
            f"M350 40L{50 + 100 * n} 240Q{100 + 100 * n} 285 {150 + 100 * n} 240Z",
            brand if n % 2 else tint,
            line=kit.ink("brand-deep"),
        )
        for n in range(6)
    )
    pole = box(343, 240, 14, 400, kit.ink("ink-3")) + box(250, 630, 200, 24, kit.ink("ink-2"), round_=8)
    return drawing(700, 680, pole, roof, kit.mark(310, 130, 80, ink="#ffffff", cut=kit.ink("brand-deep")))


def light_box(kit: Kit) -> str:
    """A light box at the road."""
    return drawing(
        440,
        720,
        box(200, 560, 40, 150, kit.ink("ink-3")),
        box(20, 20, 400, 550, kit.ink("brand-deep"), round_=20),
        box(40, 40, 360, 510, "#ffffff", round_=10),
        kit.produce(90, 60, 260),
        kit.write(kit.brand, 220, 350, height=74),
        kit.write(kit.look.line[0], 220, 462, height=30, ink=kit.ink("brand")),
    )


def bag(kit: Kit) -> str:
    """A carrier bag."""
    return drawing(
        560,
        720,
        shape("M180 190V110Q180 40 280 40T380 110V190", "none", line=kit.ink("ink-3"), width=12),
        box(60, 180, 440, 520, kit.ink("paper-2"), line=kit.ink("line-2")),
        kit.land(60, 520, 440, 180),
        kit.mark(190, 220, 180),
        kit.write(kit.brand, 280, 430, height=66),
    )


def box_front(kit: Kit) -> str:
    """The front of a shipping box."""
    return drawing(
        800,
        560,
        box(2, 2, 796, 556, kit.ink("brand-tint"), line=kit.ink("brand-deep")),
        box(2, 2, 796, 90, kit.ink("brand")),
        kit.produce(420, 130, 360),
        kit.mark(50, 150, 130),
        kit.write(kit.brand, 50, 320, height=84, anchor="start"),
        kit.write("净含量见标签", 50, 460, height=34, ink=kit.ink("brand-ink"), anchor="start"),
        kit.write(kit.association, 400, 28, height=36, ink="#ffffff"),
    )


def label(kit: Kit) -> str:
    """A round label."""
    ring = circle(240, 240, 236, kit.ink("brand")) + circle(240, 240, 228, kit.ink("paper"))
    return drawing(
        480,
        480,
        ring,
        kit.mark(155, 70, 170),
        kit.write(kit.brand, 240, 280, height=60),
        kit.write("授权使用", 240, 372, height=32, ink=kit.ink("brand")),
    )


def banner(kit: Kit) -> str:
    """A banner over a road."""
    line = "".join(kit.look.line)
    return drawing(
        1800,
        300,
        box(0, 0, 1800, 300, kit.ink("brand")),
        kit.mark(70, 60, 180, ink="#ffffff", cut=kit.ink("brand")),
        kit.write(line, 960, 90, height=118, ink="#ffffff"),
    )


def plaque(kit: Kit) -> str:
    """The plaque of a licensed shop."""
    gold = kit.ink("accent")
    return drawing(
        720,
        480,
        box(2, 2, 716, 476, kit.ink("brand-deep"), round_=18),
        shape("M24 24H696V456H24Z", "none", line=gold, width=4),
        kit.mark(295, 56, 130, ink=gold, cut=kit.ink("brand-deep")),
        kit.write(kit.brand, 360, 222, height=70, ink="#ffffff"),
        kit.write("授权使用", 360, 322, height=44, ink=gold),
        kit.write("LC-2026-0000", 360, 400, height=26, ink="#ffffff"),
    )


def vehicle(kit: Kit) -> str:
    """The side of a van."""
    body = "M40 420V150Q40 110 80 110H760Q800 110 830 150L930 280Q960 300 960 340V420Z"
    wheels = "".join(
        circle(x, 425, 62, kit.ink("ink")) + circle(x, 425, 28, kit.ink("paper-3")) for x in (230, 780)
    )
    glass = shape("M720 150H790L880 280H720Z", kit.ink("accent-tint"), line=kit.ink("line-2"))
    return drawing(
        1000,
        520,
        shape(body, "#ffffff", line=kit.ink("line-2")),
        box(42, 330, 916, 60, kit.ink("brand")),
        glass,
        wheels,
        kit.mark(90, 150, 150),
        kit.write(kit.brand, 280, 185, height=80, anchor="start"),
    )
