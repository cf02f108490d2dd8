"""GS1-128 bar codes (GS1 General Specifications §5.4): the bars of a carton's SSCC, drawn by zxing-cpp."""

import zxingcpp

QUIET = 10  # modules of white on either side, as the standard asks

_DARK_IS_ONE = bytes.maketrans(b"\x00\xff", b"10")  # zxing-cpp draws dark as 0 and light as 255


def sscc_bars(sscc: str) -> str:
    """Return the modules of `(00)<sscc>` from left to right without quiet zones, "1" dark and "0" light."""
    symbol = zxingcpp.create_barcode(f"(00){sscc}", zxingcpp.BarcodeFormat.Code128, gs1=True)
    picture = symbol.to_image(scale=1, add_quiet_zones=False)
    width = picture.shape[1]
    return memoryview(picture).tobytes()[:width].translate(_DARK_IS_ONE).decode("ascii")  # type: ignore[arg-type]


def plain_bars(text: str) -> str:
    """Return the modules of an ordinary Code 128 (ISO/IEC 15417) of `text`, as `sscc_bars` does."""
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    picture = symbol.to_image(scale=1, add_quiet_zones=False)
    width = picture.shape[1]
    return memoryview(picture).tobytes()[:width].translate(_DARK_IS_ONE).decode("ascii")  # type: ignore[arg-type]
