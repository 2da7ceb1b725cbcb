// Runs before the page is painted, so that a chosen theme does not flash.
(() => {
  const stored = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const root = document.documentElement;
  if (stored()) root.dataset.theme = stored();
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const dark = getComputedStyle(root).colorScheme === "dark"
          || (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
        root.dataset.theme = dark ? "light" : "dark";
        try { localStorage.setItem("theme", root.dataset.theme); } catch { /* private window */ }
      });
    }
  });
})();

// What is typed before the page's other scripts are there: js/autosave.js saves it when it comes.
addEventListener("input", () => { document.documentElement.dataset.typedEarly = ""; }, { capture: true, once: true });
