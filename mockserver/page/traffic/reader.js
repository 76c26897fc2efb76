// The endpoint as a customer's page asks it: one request at a time, and none before the limit allows it.

const WINDOW_SECONDS = 60;

/** The endpoint refused, or answered something else than the contract says: its sentence and `status`. */
export class Unusable extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

/** `told(state)` hears of every answer and every second of a wait: `{ limit, remaining, waiting, asked }`. */
export class Reader {
  constructor(endpoint, told) {
    this.endpoint = endpoint;
    this.told = told;
    this.turn = Promise.resolve();
    this.state = { limit: null, remaining: null, waiting: 0, asked: [] };
    this.windowOpened = 0;
    this.endWait = () => {};
  }

  /** The paginator of one page, `page` from 1. Raises Unusable; waits where the limit is reached. */
  ask(body, { page = 1, signal }) {
    const turn = this.turn.then(() => this.insist(body, page, signal));
    this.turn = turn.catch(() => {});
    return turn;
  }

  async insist(body, page, signal) {
    for (;;) {
      if (this.state.remaining === 0) await this.wait(this.secondsLeft(), signal);
      signal.throwIfAborted();
      const answer = await this.endpoint(body, { page, signal });
      this.note(answer, body, page);
      if (answer.status !== 429) return paginator(answer);
      await this.wait(Number(answer.headers.get("Retry-After")) || WINDOW_SECONDS, signal);
    }
  }

  note(answer, body, page) {
    const [limit, remaining] = ["X-RateLimit-Limit", "X-RateLimit-Remaining"].map((name) => number(answer.headers.get(name)));
    // More left than before: a new window. The first answer may come late in one, so this never waits too short.
    if (this.state.remaining === null || remaining > this.state.remaining) this.windowOpened = performance.now();
    const asked = [...this.state.asked, { body, page, status: answer.status, ms: answer.ms }].slice(-50);
    this.tell({ limit: limit ?? this.state.limit, remaining: remaining ?? this.state.remaining, asked });
  }

  secondsLeft() {
    return Math.ceil(WINDOW_SECONDS - (performance.now() - this.windowOpened) / 1000);
  }

  /** Count down; `endWait` ends it early. */
  async wait(seconds, signal) {
    const ends = performance.now() + seconds * 1000;
    while (!signal.aborted) {
      const left = Math.ceil((ends - performance.now()) / 1000);
      if (left <= 0 || (await this.second(left, signal))) break;
    }
    this.tell({ remaining: null, waiting: 0 });
  }

  /** One second, or less: true where the wait was ended. */
  second(left, signal) {
    this.tell({ waiting: left });
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), 1000);
      this.endWait = () => { clearTimeout(timer); resolve(true); };
      signal.addEventListener("abort", this.endWait, { once: true });
    });
  }

  tell(news) {
    this.state = { ...this.state, ...news };
    this.told(this.state);
  }
}

function paginator(answer) {
  const page = answer.json?.data;
  if (answer.status === 200 && Array.isArray(page?.data)) return page;
  const said = answer.json?.message ?? "no JSON that the contract knows";
  throw new Unusable(answer.status, `The endpoint answered ${answer.status}: ${said}`);
}

function number(text) {
  return text === null || text === "" ? null : Number(text);
}
