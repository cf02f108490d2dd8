// The sum under the basket follows the ticks. Without this it says what the whole basket holds.
const form = document.querySelector("[data-basket]");
const sum = form?.querySelector("[data-sum]");
const boxes = [...(form?.querySelectorAll("input[name=file]") ?? [])];
const units = ["B", "KB", "MB", "GB"];

function readable(bytes) {
  const step = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${(bytes / 1024 ** step).toFixed(step ? 1 : 0)} ${units[step]}`;
}

function show() {
  const ticked = boxes.filter((box) => box.checked && box.dataset.closed === undefined);
  const bytes = ticked.reduce((total, box) => total + Number(box.dataset.size), 0);
  sum.textContent = sum.dataset.sum.replace("COUNT", ticked.length).replace("SIZE", readable(bytes));
  form.querySelector("button[value=zip]").disabled = ticked.length === 0;
}

if (form && sum) {
  form.addEventListener("change", show);
  show();
}
