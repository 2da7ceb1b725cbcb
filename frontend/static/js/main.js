// Wires the page by its data attributes, each part only where the page has a place for it. Reading and posting work without any of this.

const wired = [];

/** @param {string} selector @param {() => Promise<void>} wire */
function where(selector, wire) {
  if (document.querySelector(selector)) wired.push(wire());
}

where("[data-claim-bar], [data-claim-filter]", async () => { (await import("./claimlist.js")).wireClaimList(); });
where("[data-span-form]", async () => { (await import("./span.js")).wireSpanForm(); });
where("[data-autosave]", async () => { (await import("./autosave.js")).wireAutosave(); });
where("[data-card]", async () => { (await import("./athand.js")).wireAtHand(); });
where("[data-reader]", async () => { (await import("./sent.js")).wireSent(); });
where("[data-keys]", async () => { (await import("./keys.js")).wireKeys(); });
where("[data-beside]", async () => { (await import("./beside.js")).wireBeside(); });
where("[data-talk]", async () => { (await import("./talk.js")).wireTalk(); });
where("[data-events-url]", async () => { (await import("./live.js")).wireLive(); });
where("[data-repeats], [data-span-form]", async () => { (await import("./repeats.js")).wireRepeats(); });
// What tests/benchmarks/test_annotation_screen.py and the browser's own tools read: from here on every control answers.
Promise.allSettled(wired).then(() => performance.mark("usable"));
