"""`python -m demo.films`: makes the small videos of the lessons of the demonstration, kept in media/sample.

Words on the county's paper, the sun that goes its way over the field, and a quiet chord with each picture.
What it writes is sent through the same conversion as any video.
"""

import math
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image, ImageDraw, ImageFont

from config import ROOT

WIDTH, HEIGHT, RATE = 1280, 720, 5
SAMPLES: Final = ROOT / "media" / "sample"
CONTENT: Final = ROOT / "site" / "demo" / "content"
_FONT: Final = ROOT / "node_modules/@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf"
_PAPER, _INK, _BRAND, _SUN, _SOIL = "#f6f1e4", "#2b2a24", "#3f6b3a", "#d9a441", "#8a6a43"
_CHORDS: Final = ((262, 330, 392), (294, 349, 440), (247, 330, 392), (262, 349, 440))  # Hz


def films() -> Iterator[dict[str, Any]]:
    """Yield what every county's films.toml tells."""
    for file in sorted(CONTENT.glob("*/films.toml")):
        yield from tomllib.loads(file.read_text(encoding="utf-8"))["film"]


def make(words: dict[str, Any], *, at: Path) -> None:
    """Write one film to `at`."""
    seconds = sum(length for length, _ in words["slides"])
    command = [
        *(get_ffmpeg_exe(), "-v", "error", "-y"),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "pipe:0"),
        *("-f", "lavfi", "-i", f"aevalsrc='{_sound(words['slides'])}':s=22050:d={seconds}"),
        *("-c:v", "libx264", "-preset", "veryslow", "-crf", "41", "-g", "50", "-pix_fmt", "yuv420p"),
        *("-c:a", "aac", "-b:a", "16k", "-ac", "1", "-movflags", "+faststart", str(at)),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as program:
        assert program.stdin is not None  # noqa: S101 - it is a pipe
        for picture in _pictures(words, seconds):
            program.stdin.write(picture.tobytes())
    if program.returncode:
        raise SystemExit(f"ffmpeg ended with {program.returncode}")


def _pictures(words: dict[str, Any], seconds: int) -> Iterator[Image.Image]:
    done = 0
    for length, text in words["slides"]:
        slide = _slide(words["title"], text)
        for frame in range(length * RATE):
            picture = slide.copy()
            _sky(ImageDraw.Draw(picture), (done + frame / RATE) / seconds)
            yield picture
        done += length


def _slide(title: str, text: str) -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(picture)
    for row in range(5):  # the furrows of the field
        top = HEIGHT - 40 * (row + 1)
        draw.polygon([(0, top + 18), (WIDTH, top), (WIDTH, top + 14), (0, top + 34)], fill=_SOIL)
    draw.rectangle((80, 60, 92, 108), fill=_BRAND)
    draw.text((112, 58), title, font=_font(40), fill=_BRAND)
    draw.multiline_text((112, 210), text, font=_font(64), fill=_INK, spacing=28)
    return picture


def _sky(draw: ImageDraw.ImageDraw, share: float) -> None:
    across, up = 60 + share * (WIDTH - 120), 170 - 60 * math.sin(share * math.pi)
    draw.ellipse((across - 34, up - 34, across + 34, up + 34), fill=_SUN)
    draw.rectangle((0, HEIGHT - 10, WIDTH * share, HEIGHT), fill=_BRAND)


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), size)


def _sound(slides: list[Any]) -> str:
    """Return a chord for each picture that swells and fades, as an expression of FFmpeg's."""
    terms, begin = [], 0
    for number, (length, _) in enumerate(slides):
        tones = "+".join(f"sin(2*PI*{tone}*t)" for tone in _CHORDS[number % len(_CHORDS)])
        swell = f"sin(PI*(t-{begin})/{length})"
        terms.append(f"between(t,{begin},{begin + length})*0.06*{swell}*({tones})")
        begin += length
    return "+".join(terms)


if __name__ == "__main__":
    for told in films():
        make(told, at=SAMPLES / told["file"])
        sys.stdout.write(f"{told['file']}\n")
