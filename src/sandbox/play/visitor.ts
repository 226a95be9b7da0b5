import type { ActAnswer, Acts, PageMessage, PageView, StreamEvent, UploadAnswer } from '../page/wire.js';

/** How long the desk may take for anything before the play gives up: cards go out at one a second and channel. */
const PATIENCE_MS = 60_000;
const PRESSES = 5;

/** Somebody of the sandbox, played by a script: sees and does what that person could on the page. */
export interface Visitor {
  /** The newest message they can see that fits, as soon as there is one. `what` says what was waited for. */
  sees(what: string, fits: (message: PageMessage) => boolean): Promise<PageMessage>;
  /** Presses a button of a message. */
  press(message: PageMessage, action: string): Promise<void>;
  /** Fills the form that opens, and sends it. Fields left out stay as they are. */
  fill(form: string, values: Readonly<Record<string, string | readonly string[]>>): Promise<void>;
  say(channel: string, text: string, below?: string, files?: readonly string[]): Promise<void>;
  /** @returns the id of the file */
  upload(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  send(example: string): Promise<void>;
  leave(): void;
}

/** Opens the page's stream for one person. `url` is where the sandbox answers. */
export async function visitor(url: string, user: string): Promise<Visitor> {
  const leaving = new AbortController();
  const messages = new Map<string, PageMessage>();
  const watching = new Set<() => void>();
  let view: PageView | null = null;
  const heard = (event: StreamEvent) => {
    if (event.type === 'hello') for (const message of event.messages) messages.set(keyOf(message), message);
    if (event.type === 'message' || event.type === 'changed') messages.set(keyOf(event.message), event.message);
    if (event.type === 'view') view = event.view;
    for (const look of watching) look();
  };
  const stream = await fetch(`${url}/sandbox/api/stream?as=${user}`, { signal: leaving.signal });
  if (!stream.ok || !stream.body) throw new Error(`${url} is no sandbox, or has nobody called ${user}`);
  void listen(stream.body, heard).catch(() => {});

  const until = <T>(what: string, ask: () => T | null | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        watching.delete(look);
        reject(new Error(`${user} waited in vain for ${what}`));
      }, PATIENCE_MS);
      const look = () => {
        const found = ask();
        if (found === null || found === undefined) return;
        clearTimeout(late);
        watching.delete(look);
        resolve(found);
      };
      watching.add(look);
      look();
    });

  const act = async <N extends keyof Acts>(name: N, body: Acts[N]): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/sandbox/api/${name}?as=${user}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = (await response.json()) as ActAnswer;
    if (!answer.ok) throw new Error(`${user} could not ${name}: ${answer.error} ${JSON.stringify(answer.fields ?? {})}`);
  };

  return {
    sees: (what, fits) => until(what, () => [...messages.values()].sort((a, b) => (a.ts < b.ts ? 1 : -1)).find(fits)),
    async press(message, action) {
      const now = () => messages.get(keyOf(message)) ?? message;
      const { channel, ts } = message;
      for (let tries = 1; ; tries++) {
        const block_id = await until(`${action} on ${message.text}`, () => blockOf(now(), action));
        const pressed = now();
        try {
          return await act('click', { message: { channel, ts }, block_id, action_id: action });
        } catch (error) {
          // Redrawn in this very moment, it has other blocks: a person would press again.
          if (tries === PRESSES) throw error;
          await until(`a newer ${message.text}`, () => now() !== pressed || null);
        }
      }
    },
    async fill(form, values) {
      const open = await until(`the form ${form}`, () => (view?.callback_id === form ? view : null));
      await act('submit', { view: open.id, values: filledIn(open, values) });
      view = null;
    },
    say: (channel, text, below, files) =>
      act('say', { channel, text, ...(below !== undefined && { thread_ts: below }), ...(files && { files }) }),
    async upload(name, bytes) {
      const headers = { 'content-type': 'application/octet-stream' };
      const address = `${url}/sandbox/api/upload?as=${user}&name=${encodeURIComponent(name)}`;
      const response = await fetch(address, { method: 'POST', headers, body: bytes });
      const answer = (await response.json()) as UploadAnswer;
      if (!answer.ok) throw new Error(`${user} could not upload ${name}: ${answer.error}`);
      return answer.file.id;
    },
    send: (example) => act('lead', { example }),
    leave: () => leaving.abort(),
  };
}

const keyOf = ({ channel, ts }: PageMessage): string => `${channel}/${ts}`;

async function listen(body: ReadableStream<Uint8Array>, heard: (event: StreamEvent) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (data !== undefined) heard(JSON.parse(data) as StreamEvent);
    }
  }
}

type Fields = Readonly<Record<string, unknown>>;

function blockOf(message: PageMessage, action: string): string | null {
  const block = (message.blocks ?? [])
    .map((one) => one as Fields)
    .find((one) => listOf(one.elements).some((it) => it.action_id === action));
  return block ? String(block.block_id) : null;
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? (value as readonly Fields[]) : [];
}

/** Slack's `state.values`: what the form holds already, and what is filled in over it. */
function filledIn(view: PageView, values: Readonly<Record<string, string | readonly string[]>>): Acts['submit']['values'] {
  const state: Record<string, Record<string, unknown>> = {};
  for (const block of view.blocks.map((one) => one as Fields)) {
    const element = block.element as Fields | undefined;
    if (block.type !== 'input' || !element) continue;
    const id = String(block.block_id);
    state[id] = { [String(element.action_id)]: entered(element, values[id]) };
  }
  return state;
}

function entered(element: Fields, value: string | readonly string[] | undefined): Fields {
  const type = String(element.type);
  switch (type) {
    case 'static_select': {
      const chosen = listOf(element.options).find((option) => option.value === value);
      return { type, selected_option: chosen ?? element.initial_option ?? null };
    }
    case 'datepicker':
      return { type, selected_date: value ?? element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: value ?? element.initial_time ?? null };
    case 'file_input':
      return { type, files: Array.isArray(value) ? value : [] };
    default:
      return { type, value: value ?? element.initial_value ?? null };
  }
}
