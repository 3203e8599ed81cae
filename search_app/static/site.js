// Small comforts; every page works without. One file, no library, nothing stored but one choice.
"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const make = (name, text, attributes = {}) =>
    Object.assign(document.createElement(name), { textContent: text }, attributes);

  // Step through the marked matches: buttons, and the keys n and p unless switched off (WCAG 2.1.4).
  const stepper = document.querySelector("[data-marks]");
  const total = Number(stepper?.dataset.marks || 0);
  if (total > 0) {
    const status = stepper.querySelector("[role=status]");
    const keys = document.getElementById("toetsen");
    const next = stepper.querySelector("[data-step='1']");
    let here = Number(/^#m(\d+)$/.exec(location.hash)?.[1] || 0);
    const show = (number, shown) =>
      all(`mark[data-m="${number}"]`).forEach((mark) => mark.classList.toggle("here", shown));
    const go = (step) => {
      show(here, false);
      here = here === 0 && step < 0 ? total : ((here - 1 + step + total) % total) + 1;
      show(here, true);
      document.getElementById(`m${here}`)?.scrollIntoView({ block: "center" });
      stepper.classList.add("on");
      status.textContent = `Treffer ${here} van ${total}`;
      next.textContent = "Volgende";
      history.replaceState(null, "", `#m${here}`);
    };
    all("[data-step]").forEach((button) =>
      button.addEventListener("click", (event) => {
        event.preventDefault();
        go(Number(button.dataset.step));
      }),
    );
    keys.closest("p").hidden = false;
    keys.checked = localStorage.getItem("toetsen") !== "uit";
    keys.addEventListener("change", () =>
      localStorage.setItem("toetsen", keys.checked ? "aan" : "uit"),
    );
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
      if (!keys.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "n") go(1);
      if (event.key === "p") go(-1);
    });
  }

  // How a query may go on, while it is typed: a list under the box (combobox, WAI-ARIA 1.2).
  all("[data-suggest]").forEach((input) => {
    const list = make("ul", "", { id: `${input.id}-aanvulling`, hidden: true, className: "suggestions" });
    const told = make("p", "", { className: "unseen" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Aanvullingen");
    told.setAttribute("role", "status");
    input.parentElement.append(list, told);
    const set = (name, value) => input.setAttribute(name, value);
    set("role", "combobox");
    set("aria-autocomplete", "list");
    set("aria-controls", list.id);
    set("aria-expanded", "false");
    let chosen = -1;
    let timer;
    let asking;
    const close = () => {
      list.hidden = true;
      chosen = -1;
      set("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (number) => {
      list.children[chosen]?.setAttribute("aria-selected", "false");
      chosen = number;
      const option = list.children[chosen];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      set("aria-activedescendant", option.id);
    };
    const show = (rows) => {
      close();
      list.replaceChildren(...rows.map((row, number) => {
        const option = make("li", "", { id: `${list.id}-${number}` });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.url = row.url;
        option.append(row.text, " ", make("span", row.kind));
        return option;
      }));
      list.hidden = rows.length === 0;
      set("aria-expanded", String(rows.length > 0));
      told.textContent = rows.length ? `${rows.length} aanvullingen, kies met de pijltjes` : "";
    };
    const ask = async () => {
      asking?.abort();
      asking = new AbortController();
      try {
        const address = `/api/v1/suggest?${new URLSearchParams({ q: input.value })}`;
        const answer = await fetch(address, { signal: asking.signal });
        if (answer.ok && document.activeElement === input) show((await answer.json()).suggestions);
      } catch { /* a list that does not come is no loss: the box works without it */ }
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      const size = input.value.trim().length;
      if (size < 2 || size > 80) return close();
      timer = setTimeout(ask, 150);
    });
    input.addEventListener("keydown", (event) => {
      const size = list.children.length;
      if (list.hidden || event.isComposing) return;
      if (event.key === "ArrowDown") choose((chosen + 2) % (size + 1) - 1);
      else if (event.key === "ArrowUp") choose((chosen + size + 1) % (size + 1) - 1);
      else if (event.key === "Enter" && chosen >= 0) location.href = list.children[chosen].dataset.url;
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (option) location.href = option.dataset.url;
    });
    input.addEventListener("blur", close);
    input.form.addEventListener("submit", () => asking?.abort());
  });

  // Copy a citation or an address.
  all("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const from = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(from.href || from.textContent.trim());
      button.textContent = "Gekopieerd";
      button.setAttribute("aria-live", "polite");
    });
  });

  // A page of a PDF that is made larger begins at its first match.
  document.getElementById("groot")?.addEventListener("change", () => {
    const mark = all(".frame rect").find((rect) => rect.getBoundingClientRect().width > 0);
    mark?.scrollIntoView({ block: "center", inline: "center" });
  });

  // A large export tells how far it is, and can be stopped. A small one is an ordinary download.
  const LARGE = 500;
  const SIGNS = {
    csv: "\r\n", jsonl: "\n", ris: "\nER  -", bibtex: "\n@", "csl-json": "\n{", leidraad: "\n",
  };
  const count = (text, sign) => text.split(sign).length - 1;

  const follow = async (link, papers, bar, told, signal) => {
    const answer = await fetch(link.href, { signal });
    if (!answer.ok) throw new Error((await answer.json()).error.message);
    bar.max = Number(answer.headers.get("Kamerzoek-Exported")) || papers;
    const sign = SIGNS[new URL(link.href).searchParams.get("format")];
    const decoder = new TextDecoder();
    const parts = [];
    let rest = "";
    for (const reader = answer.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      const text = rest + decoder.decode(value, { stream: true });
      bar.value += count(text, sign);
      rest = sign.length > 1 ? text.slice(1 - sign.length) : "";
      told.textContent = `${Math.min(bar.value, bar.max).toLocaleString("nl")} van ${bar.max.toLocaleString("nl")} stukken`;
    }
    const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))?.[1];
    const save = make("a", "", { href: URL.createObjectURL(new Blob(parts)), download: name });
    save.click();
    URL.revokeObjectURL(save.href);
    return name;
  };

  // A file that is too large is told before it is sent: the server would break the connection off.
  all("input[type=file][data-most]").forEach((input) => {
    input.addEventListener("change", () => {
      const large = input.files[0]?.size > Number(input.dataset.most);
      input.setCustomValidity(large ? input.dataset.large : "");
      input.reportValidity();
    });
  });

  all("[data-export]").forEach((list) => {
    const papers = Number(list.dataset.export);
    if (papers < LARGE || !window.ReadableStream) return;
    list.addEventListener("click", async (event) => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const stop = new AbortController();
      const bar = make("progress", "", { max: papers, value: 0 });
      bar.setAttribute("aria-label", `Export als ${link.textContent.trim()}`);
      const told = make("span", "Begonnen …");
      const end = make("span", "");
      end.setAttribute("role", "status");  // only how it ended is read out, not every step
      const button = make("button", "Stop", { type: "button", className: "quiet small" });
      button.addEventListener("click", () => stop.abort());
      const line = make("p", "", { className: "progress" });
      line.append(bar, told, button, end);
      list.parentElement.querySelector(".progress")?.remove();
      list.after(line);
      try {
        end.textContent = `Klaar: ${await follow(link, papers, bar, told, stop.signal)}`;
      } catch (error) {
        end.textContent = stop.signal.aborted
          ? "Gestopt; er is niets bewaard."
          : `De export is niet gelukt en er is niets bewaard. ${error.name === "Error" ? error.message : "Probeer het opnieuw."}`;
      }
      [bar, told, button].forEach((part) => part.remove());
    });
  });
})();
