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

/** Calls heard({state, blocks, toUs}) while the run goes on, and failed() when nobody answers. */
export function listen(heard, failed) {
  const source = new EventSource("api/live");
  source.onmessage = (message) => {
    const head = JSON.parse(message.data);
    if (head.state !== "live") source.close();
    heard(head);
  };
  source.onerror = () => failed(source.readyState === EventSource.CLOSED);
  return source;
}
