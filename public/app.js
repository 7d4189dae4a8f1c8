// What a script adds to pages that are complete without it. It talks to this page's own device and to nothing else.

const state = document.body.dataset.state;
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const ask = (path) => fetch(path, { headers: { "x-tssop-live": "1" }, cache: "no-store" });

/* ---- small helps ---- */

// "Show what I type": works for every passphrase of its form.
for (const label of all("[data-show]")) {
  label.hidden = false;
  const fields = all('input[type="password"]', label.closest("form") ?? document);
  label.querySelector("input").addEventListener("change", ({ target }) => {
    for (const field of fields) field.type = target.checked ? "text" : "password";
  });
}

// How strong a passphrase is, while it is typed.
for (const field of all("[data-meter]")) {
  const meter = document.getElementById(field.dataset.meter);
  let wait;
  field.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => measure(field, meter), 250);
  });
}

async function measure(field, meter) {
  meter.hidden = field.value === "";
  if (meter.hidden) return;
  const body = new URLSearchParams({ passphrase: field.value, lang: document.documentElement.lang });
  const answer = await fetch("/strength", { method: "POST", body, cache: "no-store" });
  if (!answer.ok) return;
  const { score, word, help } = await answer.json();
  meter.querySelector("meter").value = score;
  meter.querySelector("b").textContent = word;
  meter.querySelector("span").textContent = help;
}

for (const button of all("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.value || source.textContent.trim());
    const words = button.querySelector("span") ?? button;
    words.textContent = button.dataset.done ?? words.textContent;
  });
}

// A second press while the first one is under way would do it twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  if (event.submitter?.matches("[data-busy]")) event.submitter.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const form of all("form[data-sent]")) delete form.dataset.sent;
  for (const button of all('[aria-busy="true"]')) button.removeAttribute("aria-busy");
});

// Menus close by Escape and by a press beside them.
const openMenus = () => all("details.menu[open]");
document.addEventListener("click", ({ target }) => {
  for (const menu of openMenus()) if (!menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Time that has passed; nothing ever counts down.
setInterval(() => {
  for (const since of all("[data-since]")) {
    since.textContent = String(Math.max(0, Math.round((Date.now() - Number(since.dataset.since)) / 1000)));
  }
}, 1000);

// The printed address carries its single-use token behind "#", which no log and no other program sees.
const enter = document.querySelector("form[data-enter]");
if (enter && location.hash.length > 1) {
  enter.elements.token.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  enter.requestSubmit();
}

/* ---- what happens meanwhile ---- */

function say(words) {
  const place = document.querySelector('[role="status"]');
  if (!place) return;
  const line = document.createElement("span");
  line.className = "vh";
  line.textContent = words;
  place.append(line);
  setTimeout(() => line.remove(), 10_000);
}

const isTyped = (field) =>
  field.type !== "hidden" && field.type !== "password" && field.value !== field.defaultValue;
const typedForm = () =>
  all("form").find((form) =>
    all("textarea, input:not([type=radio], [type=checkbox], [type=file])", form).some(isTyped),
  );

/** The pages were locked under the reader: what was typed goes into the unlock page, unsent. */
function leaveForLock() {
  const form = typedForm();
  if (!form) {
    location.reload();
    return;
  }
  const fields = [...new FormData(form)].filter(
    ([name, value]) => name !== "form" && typeof value === "string",
  );
  const keeper = document.createElement("form");
  keeper.method = "post";
  keeper.action = "/keep";
  const kept = { "kept-to": new URL(form.action).pathname, kept: new URLSearchParams(fields).toString() };
  for (const [name, value] of Object.entries(kept)) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    keeper.append(input);
  }
  document.body.append(keeper);
  keeper.submit();
}

// What plays is not cut off: what is new around it is shown once it has stopped.
const held = new Set();
document.addEventListener(
  "pause",
  () => {
    for (const names of held) changed(names);
    held.clear();
  },
  true,
);

/** Takes the named parts of this page from a new copy of it, and leaves alone whatever is being used. */
async function renew(regions) {
  const answer = await ask(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.body.dataset.state === "locked") {
    leaveForLock();
    return;
  }
  for (const region of regions) {
    const next = page.querySelector(`[data-region="${region.dataset.region}"]`);
    const plays = all("audio, video", region).some(({ paused }) => !paused);
    if (plays) held.add(region.dataset.when);
    const used = plays || region.contains(document.activeElement) || region.querySelector("details[open]");
    if (!next && document.body.classList.contains("gate") && !typedForm()) {
      location.reload();
      return;
    }
    if (!next || used || next.isEqualNode(region)) continue;
    const [before, after] = [region, next].map((part) => part.querySelector("[data-say]")?.textContent ?? "");
    region.replaceWith(next);
    if (after !== before) say(after);
  }
}

async function offerFresh(place) {
  const answer = await ask(`/live/fresh?after=${place.dataset.fresh}`);
  if (!answer.ok) return;
  const { count, text } = await answer.json();
  const link = place.querySelector("a");
  if (count === 0 || link.textContent === text) return;
  link.textContent = text;
  place.hidden = false;
  say(text);
}

const waiting = new Set();
let isSoon = false;
function changed(names) {
  for (const name of names.split(" ")) waiting.add(name);
  // However fast one change follows another, the page is never kept from showing any.
  if (isSoon) return;
  isSoon = true;
  setTimeout(() => {
    isSoon = false;
    const now = new Set(waiting);
    waiting.clear();
    follow(now).catch(() => {}); // the page is being left, or the device is off: there is nothing to follow
  }, 300);
}

async function follow(now) {
  const regions = all("[data-region]").filter(({ dataset }) =>
    dataset.when.split(" ").some((name) => now.has(name)),
  );
  if (regions.length > 0 || now.has("phase")) await renew(regions);
  if (now.has("messages")) document.dispatchEvent(new Event("tssop-messages"));
  if (now.has("posts")) await Promise.all(all("[data-fresh]").map(offerFresh));
}

/** One connection for all tabs: the one that holds the lock listens, and tells the others. */
function listen() {
  const channel = new BroadcastChannel("tssop-live");
  channel.addEventListener("message", ({ data }) => changed(data));
  const open = () =>
    new Promise((resolve) => {
      const source = new EventSource("/live");
      source.addEventListener("message", ({ data }) => {
        channel.postMessage(data);
        changed(data);
      });
      source.addEventListener("error", () => {
        changed("phase");
        if (source.readyState === EventSource.CLOSED) setTimeout(resolve, 5_000);
      });
    });
  const next = () => navigator.locks.request("tssop-live", open).then(next);
  if (navigator.locks) next();
  else open();
}

if (state === "open") listen();
if (state === "waiting") setTimeout(() => location.reload(), 1_500);
