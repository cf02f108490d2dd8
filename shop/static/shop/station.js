// The camera of a station: the first code that is read is looked up.

import { watch } from "./scanner.js";

const form = document.querySelector("[data-scan-form]");
const camera = form?.querySelector("[data-scanner]");
if (camera) {
  watch(camera, (text) => {
    const path = text.startsWith("http") ? new URL(text).pathname : "";
    if (path.includes("/shop/stations/")) location.assign(path + new URL(text).search);
    else {
      form.querySelector("#code").value = text;
      form.submit();
    }
  });
}
