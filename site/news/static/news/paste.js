// Text pasted from Word or WeChat, made plain before the editor takes it: what the editor knows is kept (headings,
// lists, bold, italics, links, lines), what it cannot hold is left in its place in words and said below the field.
// Wagtail's editor alone drops headings other than its own, makes Word's lists paragraphs, and loses pictures
// and tables without a word.

const GONE = "STYLE SCRIPT META LINK XML TITLE NOSCRIPT TEMPLATE IFRAME OBJECT SVG".split(" ");
const BLOCKS =
  "P DIV SECTION ARTICLE H1 H2 H3 H4 H5 H6 UL OL LI TABLE BLOCKQUOTE FIGURE FIGCAPTION PRE DL DT DD HR BODY".split(" ");
const HEADING = /^H[1-6]$/;
const LARGE = 19; // px: what WeChat's editors set headings in; text is 15 to 17
const LONGEST_HEADING = 40; // characters
const NUMBERED = /^\s*(\d+|[a-z]|[ivx]+|[一二三四五六七八九十]+)[.)、．）]/i;

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
const styleOf = (element) => (element.getAttribute("style") ?? "").toLowerCase();

function address(link) {
  const href = link.getAttribute("href") ?? "";
  return /^(https?:|mailto:|tel:|\/)/i.test(href.trim()) ? href.trim() : "";
}

function isBold(element) {
  const weight = /font-weight:\s*([\w-]+)/.exec(styleOf(element))?.[1];
  if (weight) return weight === "bold" || weight === "bolder" || Number(weight) >= 600;
  return element.tagName === "B" || element.tagName === "STRONG";
}

function isItalic(element) {
  const slant = /font-style:\s*(\w+)/.exec(styleOf(element))?.[1];
  return slant ? slant === "italic" || slant === "oblique" : element.tagName === "I" || element.tagName === "EM";
}

// Word writes a list as paragraphs that carry mso-list, with the bullet as text that is to be ignored
const isWordItem = (element) => element.tagName === "P" && /mso-list:\s*l\d/.test(styleOf(element));

function takeBullet(element) {
  const bullet = [...element.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/.test(styleOf(span)));
  const words = bullet?.textContent ?? element.textContent;
  bullet?.remove();
  return NUMBERED.test(words) ? "ol" : "ul";
}

function isLargeLine(element) {
  const text = element.textContent.trim();
  if (!text || text.length > LONGEST_HEADING || element.querySelector("img, table, ul, ol, p p, section p")) return false;
  const sizes = [element, ...element.querySelectorAll("*")].map((each) => {
    const size = /font-size:\s*([\d.]+)(px|pt)/.exec(styleOf(each));
    return size ? Number(size[1]) * (size[2] === "pt" ? 4 / 3 : 1) : 0;
  });
  return Math.max(...sizes) >= LARGE;
}

class Writer {
  constructor(words) {
    this.words = words;
    this.out = [];
    this.line = "";
    this.lost = { pictures: 0, tables: 0 };
    this.list = ""; // the kind of list we are in
  }

  flush(tag = this.list || "p") {
    const text = this.line.replace(/^(\s|<br>)+|(\s|<br>)+$/g, "");
    this.line = "";
    if (text.replace(/<[^>]+>/g, "").trim()) this.out.push({ tag, text });
  }

  inline(node, { bold = false, italic = false, heading = false } = {}) {
    if (node.nodeType === Node.TEXT_NODE) {
      let text = escape(node.textContent.replace(/[\s\u00a0]+/g, " "));
      if (bold && !heading && text.trim()) text = `<strong>${text}</strong>`;
      if (italic && !heading && text.trim()) text = `<em>${text}</em>`;
      this.line += text;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      this.element(node, { bold: bold || isBold(node), italic: italic || isItalic(node), heading });
    }
  }

  children(element, look) {
    element.childNodes.forEach((child) => this.inline(child, look));
  }

  element(element, look) {
    const tag = element.tagName.toUpperCase();
    if (GONE.includes(tag) || /display:\s*none/.test(styleOf(element))) return;
    if (tag === "IMG") this.picture();
    else if (tag === "BR") this.line += "<br>";
    else if (tag === "HR") this.rule();
    else if (tag === "TABLE") this.table(element);
    else if (tag === "A" && address(element)) this.link(element, look);
    else if (BLOCKS.includes(tag)) this.block(element, tag, look);
    else this.children(element, look);
  }

  link(element, look) {
    const [before, place] = [this.line, this.out.length];
    this.line = "";
    this.children(element, { ...look });
    const words = this.line;
    this.line = place === this.out.length && words ? `${before}<a href="${escape(address(element))}">${words}</a>` : before + words;
  }

  block(element, tag, look) {
    this.flush();
    if (isWordItem(element)) return this.item(element, takeBullet(element), look);
    if (tag === "LI") return this.item(element, element.parentElement?.tagName === "OL" ? "ol" : "ul", look);
    const heading = !this.list && (HEADING.test(tag) || /msotitle/i.test(element.className) || isLargeLine(element));
    this.children(element, { ...look, heading });
    if (heading) this.flush("h3");
    else this.flush();
  }

  item(element, list, look) {
    const around = this.list;
    this.list = list;
    this.children(element, look);
    this.flush();
    this.list = around;
  }

  rule() {
    this.flush();
    this.out.push({ tag: "hr", text: "" });
  }

  picture() {
    this.lost.pictures += 1;
    this.flush();
    this.line = escape(this.words.picture);
    this.flush("p");
  }

  table(element) {
    this.lost.tables += 1;
    this.flush();
    for (const row of element.rows) {
      this.line = [...row.cells].map((cell) => escape(cell.textContent.replace(/\s+/g, " ").trim())).join(" | ");
      this.flush();
    }
  }

  html() {
    this.flush();
    let [text, list] = ["", ""];
    for (const part of this.out) {
      const within = part.tag === "ul" || part.tag === "ol" ? part.tag : "";
      if (within !== list) text += (list ? `</${list}>` : "") + (within ? `<${within}>` : "");
      list = within;
      text += part.tag === "hr" ? "<hr>" : within ? `<li>${part.text}</li>` : `<${part.tag}>${part.text}</${part.tag}>`;
    }
    return text + (list ? `</${list}>` : "");
  }
}

/** Return `html` with nothing but what the editor keeps, and how much was left out. */
export function plain(html, words = { picture: "[]" }) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const writer = new Writer(words);
  writer.children(page.body, {});
  return { html: writer.html(), lost: writer.lost };
}

function tell(editor, lost, words) {
  const field = editor.closest("[data-draftail-editor-wrapper], .Draftail-Editor__wrapper, .Draftail-Editor") ?? editor;
  field.parentElement.querySelector(".paste-note")?.remove();
  const said = [lost.pictures && words.pictures, lost.tables && words.tables].filter(Boolean);
  if (!said.length) return;
  const note = document.createElement("p");
  note.className = "paste-note help-block help-warning";
  note.setAttribute("role", "status");
  note.textContent = said.join(" ");
  field.after(note);
}

const OURS = Symbol("cleaned");

function pasted(event) {
  const editor = event.target.closest?.(".DraftEditor-root");
  const html = event.clipboardData?.getData("text/html");
  if (!editor || !html || event[OURS] || html.includes("data-editor=")) return;
  const words = JSON.parse(document.getElementById("paste-words")?.textContent ?? "null") ?? { picture: "[]" };
  const cleaned = plain(html, words);
  if (!cleaned.html) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const data = new DataTransfer();
  data.setData("text/html", cleaned.html);
  data.setData("text/plain", event.clipboardData.getData("text/plain"));
  const again = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  again[OURS] = true;
  event.target.dispatchEvent(again);
  tell(editor, cleaned.lost, words);
}

document.addEventListener("paste", pasted, true);
