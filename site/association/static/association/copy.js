// Puts a button below each text that may be copied. Without this script the text is selected by hand.

const offer = (words) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = words.dataset.copy;
  const said = document.createElement("span");
  said.className = "vh";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words.innerText.trim());
    button.textContent = said.textContent = words.dataset.copied;
    setTimeout(() => {
      button.textContent = words.dataset.copy;
      said.textContent = "";
    }, 2000);
  });
  words.after(button, said);
};

// only where the browser lets a page write to the clipboard: over https, or on this machine
if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(offer);
