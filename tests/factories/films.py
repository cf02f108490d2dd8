"""Films made on the spot."""

import io

import av
from PIL import Image


def film(
    *, seconds: float = 2, size: tuple[int, int] = (64, 36), codec: str = "libx264", kind: str = "mp4"
) -> io.BytesIO:
    """Return a film of one colour."""
    file = io.BytesIO()
    with av.open(file, "w", format=kind) as container:
        stream = container.add_stream(codec, rate=4)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        frame = av.VideoFrame.from_image(Image.new("RGB", size, "green"))
        for number in range(int(seconds * 4)):
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    file.seek(0)
    return file


def sound() -> io.BytesIO:
    """Return an MP4 with sound only."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=8000)
        stream.layout = "mono"
        frame = av.AudioFrame(format="fltp", layout="mono", samples=1024)
        frame.rate, frame.pts = 8000, 0
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    file.seek(0)
    return file
