// Server-sent events over fetch: the browser's own EventSource can't send the admin token.

/** The events of a stream, `{event, data, id}` each, until it ends. */
export async function* events(stream, signal) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  signal?.addEventListener("abort", () => reader.cancel().catch(() => {}), { once: true });
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const event = read(block);
      if (event.data) yield event;
    }
  }
}

function read(block) {
  const event = { event: "", data: "", id: "" };
  for (const line of block.split("\n")) {
    const [name, ...rest] = line.split(":");
    if (name in event) event[name] += rest.join(":").replace(/^ /, "");
  }
  return event;
}
