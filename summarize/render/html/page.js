"use strict";
(() => {
  const said = document.getElementById("said");
  let origin = null; // what was chosen; Escape goes back to it
  let opened = []; // articles that were opened to show a place, to be closed for the next one

  const clear = () => {
    for (const old of document.querySelectorAll(".lit, .now")) old.classList.remove("lit", "now");
    for (const sheet of document.querySelectorAll(".sheet")) sheet.classList.remove("sheet");
    for (const article of opened) article.open = false;
    opened = [];
  };

  const open = (place) => {
    const article = place.closest("details");
    if (article && !article.open) {
      article.open = true;
      opened.push(article);
    }
  };

  // Brings a place into view in its pane; says how much of the page the pane covers.
  const reveal = (place) => {
    const pane = place.closest(".pane");
    pane.classList.add("sheet"); // only narrow pages give it a place of its own
    if (getComputedStyle(pane).overflowY === "auto") {
      const gap = place.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      pane.scrollTop += gap - pane.clientHeight / 3;
      return getComputedStyle(pane).position === "fixed" ? pane.clientHeight : 0;
    } else {
      place.scrollIntoView({ block: "center" });
    }
    return 0;
  };

  // Highlights the places named, brings the first one into view and says how many they are.
  const show = (names, from, focus) => {
    const places = names.map((name) => document.getElementById(name)).filter(Boolean);
    if (!places.length) return;
    clear();
    origin = from;
    for (const place of places) {
      open(place);
      place.classList.add("lit");
      const passage = place.closest(".passage");
      if (passage) passage.classList.add("lit");
    }
    const sentence = from.closest(".sentence");
    if (sentence) sentence.classList.add("now");
    const covered = reveal(places[0]);
    if (covered) {
      const below = (sentence || from).getBoundingClientRect().bottom - (innerHeight - covered) + 16;
      if (below > 0) scrollBy(0, below);
    }
    if (focus) places[0].focus({ preventScroll: true });
    said.textContent = places.length === 1 ? "Source shown." : `${places.length} sources shown.`;
  };

  const back = () => {
    if (!origin) return;
    clear();
    const target = origin.closest("a, button") || origin.querySelector("a.receipt");
    if (target) target.focus({ preventScroll: false });
    origin = null;
  };

  document.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (event.target.closest(".close")) return back();
    const link = event.target.closest("a[href^='#a']");
    const sentence = event.target.closest(".sentence");
    const byKey = event.detail === 0;
    if (link) {
      event.preventDefault();
      const name = link.getAttribute("href").slice(1);
      const whole = sentence && link.matches(".receipt") && sentence.dataset.at.split(" ");
      show([name, ...(whole || []).filter((other) => other !== name)], link, byKey);
    } else if (sentence && !event.target.closest("button, details") && getSelection().isCollapsed) {
      show(sentence.dataset.at.split(" "), sentence, byKey);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.body.classList.add("quiet");
    back();
  });

  // Without this, an explanation stands below its sentence; with it, below its claim.
  const explain = (event) => {
    document.body.classList.remove("quiet");
    const claim = event.target.closest(".sentence .claim");
    if (!claim || event.target.closest(".tip")) return;
    const [mark, tip] = claim.children;
    const line = [...mark.getClientRects()].pop();
    const sentence = claim.closest(".sentence");
    const box = sentence.getBoundingClientRect();
    const left = Math.min(line.left - box.left, box.width - tip.offsetWidth - 12) - sentence.clientLeft;
    tip.style.top = `${line.bottom - box.top + 2}px`;
    tip.style.left = `${Math.max(12, left)}px`;
  };
  document.addEventListener("pointerover", explain);
  document.addEventListener("focusin", explain);
  document.body.classList.add("scripted");
})();
