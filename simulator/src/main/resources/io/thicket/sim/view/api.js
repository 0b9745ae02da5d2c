// The server's few addresses (docs/view.md).

/** Which program this page is of: another one may come to answer at the same port, with another run. */
let program = null;

async function get(path, options = {}) {
  const response = await fetch(path, options);
  const its = response.headers.get("Thicket-Run");
  program ??= its;
  if (its !== null && its !== program) {
    location.reload();
    return new Promise(() => {}); // nothing of another run comes into this page
  }
  if (!response.ok) throw Object.assign(new Error((await response.text()).trim() || response.statusText), { status: response.status });
  return response;
}

/** An answer to this takes no time: without one nobody is there. */
const HEAD_WITHIN_MS = 10_000;

export const head = async () => (await get("api/live", { signal: AbortSignal.timeout(HEAD_WITHIN_MS) })).json();
export const header = async () => (await get("api/run")).json();
export const index = async (from) => (await get("api/index?from=" + from)).json();

/** The events of a block. */
export async function block(number) {
  const text = await (await get("api/blocks/" + number)).text();
  return JSON.parse("[" + text.trimEnd().replaceAll("\n", ",") + "]");
}
