"""WeChat Pay v3: JSAPI in WeChat's browser, H5 on other phones, Native (a QR code) on a desk."""
