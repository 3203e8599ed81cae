// Small comforts; every page works without. One file, no library, nothing stored but one choice.
"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];

  // Step through the marked matches: buttons, and the keys n and p unless switched off (WCAG 2.1.4).
  const stepper = document.querySelector("[data-marks]");
  const total = Number(stepper?.dataset.marks || 0);
  if (total > 0) {
    const status = stepper.querySelector("[role=status]");
    const keys = document.getElementById("toetsen");
    const next = stepper.querySelector("[data-step='1']");
    let here = Number(/^#m(\d+)$/.exec(location.hash)?.[1] || 0);
    const runs = (number) => {
      const first = document.getElementById(`m${number}`);
      return first ? [first] : [];
    };
    const go = (step) => {
      runs(here).forEach((mark) => mark.classList.remove("here"));
      here = here === 0 && step < 0 ? total : ((here - 1 + step + total) % total) + 1;
      runs(here).forEach((mark) => {
        mark.classList.add("here");
        mark.scrollIntoView({ block: "center" });
      });
      status.textContent = `Vindplaats ${here} van ${total}`;
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

  // Copy a citation.
  all("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.textContent = "Gekopieerd";
      button.setAttribute("aria-live", "polite");
    });
  });

})();
