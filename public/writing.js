// What a script adds while something is being written: what is left, drafts, files. Read after app.js.

// How many letters are left, as people count them.
for (const field of all("[data-counter]")) {
  const place = document.getElementById(field.dataset.counter);
  const count = () => {
    const left = Number(field.dataset.most) - [...field.value].length;
    const words = left < 0 ? place.dataset.over : place.dataset.left;
    place.textContent = words.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
  };
  field.addEventListener("input", count);
  count();
}

// What is being written is saved every few seconds; it stays on this device.
for (const field of all("[data-draft]")) {
  const { form } = field;
  const draftOf = () =>
    new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "do")).toString();
  let saved = draftOf();
  setInterval(async () => {
    const draft = draftOf();
    if (draft === saved || form.dataset.sent) return;
    const body = new URLSearchParams(draft);
    body.set("do", "save");
    const headers = { "x-tssop-live": "1" };
    const answer = await fetch(form.action, { method: "POST", body, headers, cache: "no-store" }).catch(
      () => null,
    );
    if (answer?.status !== 204) return;
    saved = draft;
    document.getElementById("draft-said").textContent = field.dataset.draft;
  }, 5_000);
}

// Files go to this device as soon as they are picked or dropped, one after the other; then they can be described.
for (const box of all("[data-files]")) {
  const form = box.closest("form");
  const input = box.querySelector('input[type="file"]');
  const list = box.querySelector("[data-added]");
  const trouble = box.querySelector("[data-trouble]");
  const progress = box.querySelector("[data-progress]");
  // What is typed goes out without the files from now on: they are here already.
  form.enctype = "application/x-www-form-urlencoded";
  box.querySelector("[data-plain]").hidden = true;

  let queue = Promise.resolve();
  let coming = 0;
  const add = (files) => {
    box.open = true;
    coming += files.length;
    trouble.hidden = true;
    trouble.textContent = "";
    for (const file of files) queue = queue.then(() => takeIn(file)).then(() => (coming -= 1));
  };

  const takeIn = (file) =>
    new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", box.dataset.files);
      request.setRequestHeader("x-tssop-form", form.elements.namedItem("form").value);
      request.setRequestHeader("x-tssop-name", encodeURIComponent(file.name));
      request.setRequestHeader("content-type", file.type || "application/octet-stream");
      progress.hidden = false;
      const bar = progress.querySelector("progress");
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        bar.value = total === 0 ? 100 : (loaded / total) * 100;
      });
      request.addEventListener("loadend", () => {
        progress.hidden = true;
        if (request.status === 200) {
          list.insertAdjacentHTML("beforeend", request.responseText.replace("<!doctype html>", ""));
          list.lastElementChild.querySelector("textarea").focus();
        } else {
          trouble.textContent += `${file.name}: ${request.responseText} `;
          trouble.hidden = false;
        }
        done();
      });
      request.send(file);
    });

  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = "";
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-drop]");
    if (!button) return;
    event.preventDefault();
    button.closest("[data-file]").remove();
    input.focus();
  });
  // What is sent while a file is being taken in goes once it is.
  form.addEventListener("submit", (event) => {
    if (coming === 0 || event.submitter?.value === "save") return;
    event.preventDefault();
    event.stopPropagation();
    const { submitter } = event;
    queue.then(() => {
      if (trouble.hidden) form.requestSubmit(submitter);
    });
  });
  form.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    add([...event.clipboardData.files]);
  });
  form.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  form.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });
}
