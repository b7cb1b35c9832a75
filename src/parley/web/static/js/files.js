/**
 * A file that takes long says how far it is. Without scripts, and where a file is there at once, it is an ordinary
 * download. A file that breaks off is not kept: half a table looks like a whole one.
 */
const SHOWN_FROM = 2000;
const LINE_END = 10;

const said = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name].toLocaleString(document.documentElement.lang));

function countLines(chunk) {
  let lines = 0;
  for (const byte of chunk) if (byte === LINE_END) lines += 1;
  return lines;
}

/** How far it is: rows are counted where they can be told apart, else what has come is said in megabytes. */
function tell(line, { rows, all, bytes, began }) {
  if (!rows) {
    line.textContent = `${(bytes / 1e6).toFixed(1)} MB`;
    return;
  }
  const done = Math.min(rows, all);
  const left = Math.ceil(((performance.now() - began) / 1000 / done) * (all - done));
  const { progress, left: words } = line.dataset;
  line.textContent = left > 1 ? `${said(progress, { done, all })} · ${said(words, { seconds: left })}` : said(progress, { done, all });
}

async function read(answer, line) {
  const isText = answer.headers.get("Content-Type").startsWith("text/csv");
  const state = { all: Number(answer.headers.get("Parley-Rows")), rows: 0, bytes: 0, began: performance.now() };
  const pieces = [];
  const reader = answer.body.getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    pieces.push(value);
    state.bytes += value.length;
    if (isText) state.rows += countLines(value);
    if (state.all >= SHOWN_FROM) tell(line, state);
  }
  return new Blob(pieces, { type: answer.headers.get("Content-Type") });
}

function keep(blob, answer) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))[1];
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function offer(root) {
  const line = root.querySelector("[role=status]");
  for (const link of root.querySelectorAll("a")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      if (root.dataset.busy) return;
      root.dataset.busy = "yes";
      line.textContent = "";
      try {
        const answer = await fetch(link.href);
        if (!answer.ok || answer.redirected) {
          window.location.assign(link.href); // the server says what is wrong in a page of its own
          return;
        }
        keep(await read(answer, line), answer);
        line.textContent = "";
      } catch {
        line.textContent = root.dataset.gone;
      } finally {
        delete root.dataset.busy;
      }
    });
  }
}

for (const root of document.querySelectorAll("[data-files]")) offer(root);
