// Fetches a part of the page when it comes near: `<section data-later="/address/">`. The same part serves every
// package of a batch. Without this script, or without a network, the link inside leads to it.

const fill = async (section) => {
  const answer = await fetch(section.dataset.later, { credentials: "omit" });
  if (!answer.ok) throw new Error(String(answer.status));
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const script of part.querySelectorAll("script[src]")) {
    import(script.getAttribute("src")); // parsed scripts do not run
    script.remove();
  }
  section.replaceWith(...part.body.children);
};

const near = new IntersectionObserver(
  (entries) => {
    for (const entry of entries.filter((each) => each.isIntersecting)) {
      near.unobserve(entry.target);
      fill(entry.target).catch(() => {}); // the link stays
    }
  },
  { rootMargin: "600px 0px" },
);

for (const section of document.querySelectorAll("[data-later]")) near.observe(section);
