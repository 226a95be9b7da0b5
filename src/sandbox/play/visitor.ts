import type { ActAnswer, UploadAnswer } from '../page/wire.js';

/** How long the desk may take for anything before the play gives up: cards go out at one a second and channel. */
/** A limit of the platform is waited out: up to a minute for each. */
const PATIENCE_MS = 150_000;
const PRESSES = 5;

/** A message as somebody sees it, on either platform. */
export interface Seen {
  readonly channel: string;
  readonly id: string;
  /** Seconds. */
  readonly at: number;
  /** One line of it, for reports. */
  readonly line: string;
  /** Everything it shows, as JSON. */
  readonly content: string;
  /** The ids of its buttons. */
  readonly offers: ReadonlySet<string>;
}

/** Somebody of the sandbox, played by a script: sees and does what that person could on the page. */
export interface Visitor {
  /** The newest message they can see that fits, as soon as there is one. `what` says what was waited for. */
  sees(what: string, fits: (message: Seen) => boolean): Promise<Seen>;
  /** When the newest message they see was posted. */
  latest(): number;
  /** Presses a button of a message. */
  press(message: Seen, action: string): Promise<void>;
  /** Fills the form that opens, and sends it. Fields left out stay as they are. */
  fill(form: string, values: Readonly<Record<string, string | readonly string[]>>): Promise<void>;
  /** Writes below a message. */
  say(below: Seen, text: string, files?: readonly string[]): Promise<void>;
  /** @returns the id of the file */
  upload(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  send(example: string): Promise<void>;
  leave(): void;
}

/** What differs from one client to the other: its events, and the words for what one does. */
export interface Client<Event, Open> {
  /** Where its server answers, below the sandbox's address. */
  readonly api: string;
  readonly user: string;
  /** What an event shows; `open` is the form in front of the person, undefined when the event says nothing about it. */
  read(event: Event): { readonly messages: readonly Seen[]; readonly open?: Open | null };
  press(message: Seen, action: string): { readonly act: string; readonly body: object };
  /** Null: another form is open. */
  fill(
    open: Open,
    form: string,
    values: Readonly<Record<string, string | readonly string[]>>,
  ): { readonly act: string; readonly body: object } | null;
  say(below: Seen, text: string, files: readonly string[]): { readonly act: string; readonly body: object };
}

/** Sits somebody down at their client. `url` is where the sandbox answers. */
export async function sitDown<Event, Open>(url: string, client: Client<Event, Open>): Promise<Visitor> {
  const { user } = client;
  const leaving = new AbortController();
  const messages = new Map<string, Seen>();
  const watching = new Set<() => void>();
  let open: Open | null = null;
  const heard = (event: Event) => {
    const { messages: shown, open: opened } = client.read(event);
    for (const message of shown) messages.set(keyOf(message), message);
    if (opened !== undefined) open = opened;
    for (const look of watching) look();
  };
  const stream = await fetch(`${url}${client.api}stream?as=${user}`, { signal: leaving.signal });
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

  const act = async ({ act: name, body }: { readonly act: string; readonly body: object }): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}${client.api}${name}?as=${user}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = (await response.json()) as ActAnswer;
    if (!answer.ok) throw new Error(`${user} could not ${name}: ${answer.error} ${JSON.stringify(answer.fields ?? {})}`);
  };

  return {
    sees: (what, fits) => until(what, () => [...messages.values()].sort((a, b) => b.at - a.at).find(fits)),
    latest: () => Math.max(0, ...[...messages.values()].map(({ at }) => at)),
    async press(message, action) {
      const now = () => messages.get(keyOf(message)) ?? message;
      for (let tries = 1; ; tries++) {
        await until(`${action} on ${message.line}`, () => now().offers.has(action) || null);
        const pressed = now();
        try {
          return await act(client.press(pressed, action));
        } catch (error) {
          // Redrawn in this very moment, it has other buttons: a person would press again.
          if (tries === PRESSES) throw error;
          await until(`a newer ${message.line}`, () => now() !== pressed || null);
        }
      }
    },
    async fill(form, values) {
      const filled = await until(`the form ${form}`, () => (open === null ? null : client.fill(open, form, values)));
      await act(filled);
    },
    say: (below, text, files = []) => act(client.say(below, text, files)),
    async upload(name, bytes) {
      const headers = { 'content-type': 'application/octet-stream' };
      const address = `${url}${client.api}upload?as=${user}&name=${encodeURIComponent(name)}`;
      const response = await fetch(address, { method: 'POST', headers, body: bytes });
      const answer = (await response.json()) as UploadAnswer;
      if (!answer.ok) throw new Error(`${user} could not upload ${name}: ${answer.error}`);
      return answer.file.id;
    },
    send: (example) => act({ act: 'lead', body: { example } }),
    leave: () => leaving.abort(),
  };
}

const keyOf = ({ channel, id }: Seen): string => `${channel}/${id}`;

async function listen<Event>(body: ReadableStream<Uint8Array>, heard: (event: Event) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (data !== undefined) heard(JSON.parse(data) as Event);
    }
  }
}
