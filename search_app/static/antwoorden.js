// The worksheet: chosen answers with notes, kept in this browser only (localStorage) and never sent
// but when someone saves or compares them. Pages work without it.
"use strict";
(() => {
  const KEY = "werkblad";
  const MOST = 100;
  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(found) ? found.filter((item) => item && typeof item.pair === "string") : [];
    } catch {
      return [];
    }
  };
  const write = (items) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(items.slice(0, MOST)));
      return items.length <= MOST;
    } catch {
      return false;
    }
  };
  const text = (element) => (element?.textContent || "").trim().replace(/\s+/g, " ");
  const make = (name, attributes = {}, ...inside) => {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...inside);
    return element;
  };
  const pairOf = (value) => value.split("|").slice(1).join("|");

  // Choosing, on the page of earlier answers.
  const answers = document.getElementById("antwoorden");
  if (answers) {
    const told = answers.querySelector("[data-count]");
    const tell = (full) => {
      const count = read().length;
      if (told) told.textContent = full ? "Het werkblad is vol: bewaar het en leeg het eerst." : `${count} op het werkblad.`;
    };
    answers.querySelector("[data-browser]")?.removeAttribute("hidden");
    answers.querySelectorAll("[data-pair]").forEach((article) => {
      const box = article.querySelector("input[name=kies]");
      const note = article.querySelector("textarea");
      const pair = pairOf(box.value);
      const sub = article.closest(".sub");
      const question = sub.querySelector("textarea[name=tekst]").value.trim();
      const number = sub.querySelector("input[name=nummer]").value;
      const same = (item) => item.pair === pair && item.question === question;
      const kept = read().find(same);
      if (kept) {
        box.checked = true;
        note.value = kept.note || "";
      }
      const save = () => {
        const items = read();
        const at = items.findIndex(same);
        const link = article.querySelector("h3 a");
        const item = {
          pair, question, number, note: note.value, where: text(link), href: link.getAttribute("href"),
          facts: [...article.querySelectorAll(".meta > *")].map(text).join(" · "),
          answer: text(article.querySelector(".was-answered .first")) || [...article.querySelectorAll(".was-answered > p:not(.label)")].map(text).join(" "),
        };
        if (at >= 0) items.splice(at, 1, ...(box.checked ? [item] : []));
        else if (box.checked) items.push(item);
        tell(!write(items));
      };
      box.addEventListener("change", save);
      note.addEventListener("input", () => {
        if (note.value) box.checked = true;
        save();
      });
    });
    tell(false);
    // Without a choice there is nothing to compare or save; the page that says so would take this one's place.
    answers.addEventListener("submit", (event) => {
      const action = event.submitter?.getAttribute("formaction") || "";
      const few = action.endsWith("/vergelijk") ? 2 : 1;
      if (!action || answers.querySelectorAll("input[name=kies]:checked").length >= few) return;
      event.preventDefault();
      if (told) told.textContent = few === 2 ? "Kies eerst twee of meer antwoorden: zet er een vinkje bij." : "Kies eerst een antwoord: zet er een vinkje bij.";
    });
  }

  // The worksheet itself.
  const sheet = document.getElementById("werkblad");
  if (sheet) {
    const place = sheet.querySelector("[data-items]");
    const nothing = document.querySelector("[data-nothing]");
    const status = document.querySelector("[data-told]");
    const field = (id, label, value, change) => {
      const area = make("textarea", { id, rows: "2", maxlength: "4000" });
      area.value = value;
      area.addEventListener("input", () => change(area.value));
      return [make("label", { for: id }, label), area];
    };
    const row = (item, number, at) => {
      const value = `${number}|${item.pair}`;
      const box = make("input", { type: "checkbox", name: "kies", id: `kies-${at}`, value });
      box.checked = true;
      const [label, note] = field(`noot-${at}`, `Notitie bij ${item.where}`, item.note || "", (changed) => {
        const items = read();
        items.filter((other) => other.pair === item.pair && other.question === item.question).forEach((other) => { other.note = changed; });
        write(items);
      });
      note.name = `noot-${value}`;
      const gone = make("button", { type: "button", class: "quiet small" }, "Haal weg", make("span", { class: "unseen" }, `: ${item.where}`));
      gone.addEventListener("click", () => {
        write(read().filter((other) => other.pair !== item.pair || other.question !== item.question));
        status.textContent = `${item.where} is van het werkblad gehaald.`;
        show();
      });
      const href = typeof item.href === "string" && item.href.startsWith("/papers/") ? item.href : "/antwoorden";
      return make("article", { class: "earlier" },
        make("h3", {}, make("a", { href }, item.where)),
        make("p", { class: "meta" }, item.facts || ""),
        make("p", {}, item.answer || ""),
        make("p", { class: "tick" }, box, make("label", { for: `kies-${at}` }, "Meenemen", make("span", { class: "unseen" }, `: ${item.where}`))),
        make("p", { class: "field" }, label, note), make("p", {}, gone));
    };
    const show = () => {
      const items = read();
      place.replaceChildren();
      const questions = [...new Set(items.map((item) => item.question))];
      const taken = new Set();
      let at = 0;
      questions.forEach((question, index) => {
        // the number that the question had; of two pastes both may have a question 1
        const own = String(items.find((item) => item.question === question).number || index + 1).slice(0, 6);
        let number = own;
        for (let again = 2; taken.has(number); again += 1) number = `${own} (${again})`;
        taken.add(number);
        const part = make("section", { class: "sub" }, make("h2", {}, `Vraag ${number}`), make("p", {}, question),
          make("input", { type: "hidden", name: "nummer", value: number }), make("input", { type: "hidden", name: "tekst", value: question }));
        items.filter((item) => item.question === question).forEach((item) => part.append(row(item, number, (at += 1))));
        place.append(part);
      });
      sheet.hidden = items.length === 0;
      nothing.hidden = items.length > 0;
    };
    sheet.querySelector("[data-empty]").addEventListener("click", () => {
      localStorage.removeItem(KEY);
      status.textContent = "Het werkblad is leeg.";
      show();
    });
    show();
  }
})();
