// The server's few addresses (docs/view.md).

async function get(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error((await response.text()).trim() || response.statusText);
  return response;
}

export const header = async () => (await get("api/run")).json();
export const index = async (from) => (await get("api/index?from=" + from)).json();

/** The events of a block. */
export async function block(number) {
  const text = await (await get("api/blocks/" + number)).text();
  return JSON.parse("[" + text.trimEnd().replaceAll("\n", ",") + "]");
}

/**
 * Calls heard({state, blocks, toUs}) while the run goes on, failed(forGood) when nobody answers, and back() when somebody answers
 * again: a program that was started anew, perhaps with another run.
 */
export function listen(heard, failed, back) {
  const source = new EventSource("api/live");
  source.onmessage = (message) => {
    const head = JSON.parse(message.data);
    if (head.state !== "live") source.close();
    heard(head);
  };
  let lost = false;
  source.onopen = () => { if (lost) back(); };
  source.onerror = () => {
    lost = true;
    failed(source.readyState === EventSource.CLOSED);
  };
  return source;
}
