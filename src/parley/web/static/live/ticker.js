/** A worker that ticks: what it says comes on time, also to a page that nobody sees and whose own clocks are slowed. */

setInterval(() => postMessage(0), 1000 / 15);
