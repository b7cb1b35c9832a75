/** The board looks again whenever the server says so, and at once when it is back after it was away. */
const AGAIN_MS = 5000;

const board = document.getElementById("board");
const away = document.getElementById("board-away");

function follow() {
  const news = new EventSource(board.dataset.news);
  news.addEventListener("open", () => {
    away.hidden = true;
  });
  news.addEventListener("look", () => board.dispatchEvent(new CustomEvent("look")));
  news.addEventListener("error", () => {
    away.hidden = false;
    if (news.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    board.dispatchEvent(new CustomEvent("look")); // who is signed out is sent to sign in
    setTimeout(follow, AGAIN_MS);
  });
}

follow();
