// Numbers for people.

/** us as h:mm:ss.mmm; without thousandths if coarse. */
export function time(us, coarse = false) {
  const ms = Math.floor(us / 1000);
  const s = Math.floor(ms / 1000);
  const two = (n) => String(n).padStart(2, "0");
  const text = (s >= 3600 ? Math.floor(s / 3600) + ":" : "") + two(Math.floor(s / 60) % 60) + ":" + two(s % 60);
  return coarse ? text : text + "." + String(ms % 1000).padStart(3, "0");
}

/** How long: 12 ms, 3.4 s, 90 s, 2.5 min, 25 min. */
export function span(us) {
  if (us < 1e6) return Math.round(us / 1000) + " ms";
  if (us < 120e6) return (us / 1e6).toFixed(us < 10e6 ? 1 : 0) + " s";
  if (us < 600e6) return Number((us / 60e6).toFixed(1)) + " min";
  return us < 7200e6 ? Math.round(us / 60e6) + " min" : (us / 3600e6).toFixed(1) + " h";
}

/** 1 packet, 2 packets. */
export const counted = (count, word) => count + " " + word + (count === 1 ? "" : "s");

export const percent = (part, whole) => (whole === 0 ? "–" : (Math.floor((part / whole) * 1000) / 10).toFixed(1) + " %");
