// The journal as the page holds it: what it is told of, in order, nothing missed; and what waits while it is paused.

// As the journal itself keeps them.
const KEPT = 1000;
const KEPT_BODIES = 100;

/**
 * `listener` has `read()`, when the whole is another one, `added(fresh)`, when newer ones have come, and
 * `changed(state, sentence)`, when it is "live", "paused" or "lost" from now on.
 */
export class Journal {
  constructor(context, listener) {
    this.context = context;
    this.listener = listener;
    this.exchanges = []; // oldest first
    this.waiting = []; // what came while paused
    this.late = null; // what came while the whole was read
    this.fresh = []; // what is not told yet
    this.frame = null;
    this.isPaused = false;
    this.stopping = new AbortController();
  }

  follow() {
    this.context.follow("/events", (exchange) => this.arrive(exchange), this.stopping.signal, {
      open: () => this.read(),
      lost: (error) => this.listener.changed("lost", error.message),
    });
  }

  stop() {
    this.stopping.abort();
  }

  byId(id) {
    return this.exchanges.find((exchange) => exchange.id === id);
  }

  get newest() {
    return this.exchanges.at(-1);
  }

  /**
   * The whole, each time the stream stands. What comes while it is read comes after it, so that nothing is missed;
   * and what a server that was started anew knows nothing of is gone.
   */
  async read() {
    this.late = [];
    try {
      this.exchanges = await this.context.admin("GET", `/requests?limit=${KEPT}`);
    } catch (error) {
      this.context.notify(error.message, "bad");
    }
    const { late } = this;
    this.late = null;
    this.waiting = [];
    this.listener.read();
    this.tell();
    this.add(late);
  }

  tell() {
    this.listener.changed(this.isPaused ? "paused" : "live");
  }

  arrive(exchange) {
    if (this.late) this.late.push(exchange);
    else if (this.isPaused) {
      this.waiting.push(exchange);
      this.tell();
    } else this.addSoon(exchange);
  }

  /** A client may ask a thousand times a second; all that came meanwhile is told, and drawn, at once. */
  addSoon(exchange) {
    this.fresh.push(exchange);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.add(this.fresh.splice(0));
    });
  }

  add(exchanges) {
    const last = this.newest?.id ?? 0;
    const added = exchanges.filter((exchange) => exchange.id > last).slice(-KEPT);
    if (!added.length) return;
    this.exchanges = [...this.exchanges, ...added].slice(-KEPT);
    for (const old of this.exchanges.slice(0, -KEPT_BODIES)) old.answer.body = null;
    this.listener.added(added);
  }

  pause(isPaused) {
    this.isPaused = isPaused;
    if (!isPaused) this.add(this.waiting.splice(0));
    this.tell();
  }

  /** Empty it on the server; what was asked since then stays. */
  async clear() {
    await this.context.admin("DELETE", "/requests");
    this.fresh = [];
    await this.read();
  }
}
