import type { ClientWords } from '../messages.js';

// The photo page's own script. It is put into the page as it is compiled, so it may import types and nothing else.

type Words = ClientWords & { readonly views: Readonly<Record<string, string>>; readonly added: string };
type Refusal = keyof ClientWords['refusals'];
type State = 'waiting' | 'sending' | 'checking' | 'ready' | 'refused' | 'failed';

interface Item {
  readonly id: string;
  readonly file: File;
  view: string;
  /** The view the program was told last. */
  told: string;
  state: State;
  /** 0 to 1. */
  sent: number;
  tries: number;
  refusal: Refusal | null;
  readonly row: Row;
}

/** `status`: 0 when there was no answer. */
type Answer = { readonly status: number; readonly refusal: Refusal | null };

interface Row {
  readonly whole: HTMLLIElement;
  readonly said: HTMLElement;
  readonly bar: HTMLProgressElement;
  readonly view: HTMLSelectElement;
  readonly retry: HTMLButtonElement;
  readonly remove: HTMLButtonElement;
}

interface Known {
  readonly clientId: string;
  readonly state: 'received' | 'ready' | 'refused';
  readonly refusal: Refusal | null;
  readonly view: string | null;
}

const [AT_ONCE, TRIES] = [2, 4];
const MOST_BYTES = 10_000_000;
/** Above this a photo is made smaller before it travels; the program would do so anyway. */
const SEND_AS_IS = 1_500_000;
const SIDE = 2_560;
const ASK_EVERY_MS = 1_000;
const ASK_AT_LEAST_EVERY_MS = 15_000;

const main = must<HTMLElement>('main');
const words = JSON.parse(main.dataset.words ?? '{}') as Words;
const here = location.pathname.replace(/\/+$/, '');
const items: Item[] = [];
let earlier: readonly Known[] = [];
let over = false;
let asking = false;

function must<T extends Element>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, given: Readonly<Record<string, unknown>> = {}): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(name), given);
}

/** As crypto.randomUUID, which browsers keep from pages that did not come by https. */
function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return [...bytes].map((byte, n) => ([4, 6, 8, 10].includes(n) ? '-' : '') + byte.toString(16).padStart(2, '0')).join('');
}

function add(files: Iterable<File>, view: string): void {
  for (const file of files) {
    const item: Item = {
      id: freshId(),
      file,
      view,
      told: '',
      state: over ? 'failed' : 'waiting',
      sent: 0,
      tries: 0,
      refusal: null,
      row: rowFor(file),
    };
    item.row.view.value = view;
    item.row.view.addEventListener('change', () => {
      item.view = item.row.view.value;
      drawWhole();
      void tell(item);
    });
    item.row.retry.addEventListener('click', () => again(item));
    item.row.remove.addEventListener('click', () => forget(item));
    items.push(item);
    must('#photos').append(item.row.whole);
    draw(item);
  }
  pump();
}

function rowFor(file: File): Row {
  const picture = element('img', { className: 'preview', alt: '' });
  picture.src = URL.createObjectURL(file);
  picture.addEventListener('error', () => picture.removeAttribute('src'), { once: true });
  const said = element('span', { className: 'said' });
  const bar = element('progress', { max: 1, ariaLabel: `${words.sending} ${file.name}` });
  const view = element('select', { ariaLabel: words.view });
  view.append(new Option(words.noView, ''), ...Object.entries(words.views).map(([key, name]) => new Option(name, key)));
  const retry = element('button', { type: 'button', textContent: words.retry });
  const remove = element('button', { type: 'button', textContent: words.remove });
  const about = element('div', { className: 'about' });
  about.append(said, bar, view, retry, remove);
  const whole = element('li');
  whole.append(picture, about);
  return { whole, said, bar, view, retry, remove };
}

function draw(item: Item): void {
  const { row, state } = item;
  row.whole.className = `photo ${state}`;
  row.said.textContent = state === 'refused' ? `${item.file.name} · ${words.refusals[item.refusal ?? 'gone']}` : words[state];
  row.bar.value = item.sent;
  row.bar.hidden = state !== 'sending' && state !== 'waiting';
  row.view.hidden = state === 'refused';
  row.retry.hidden = state !== 'failed' || over;
  row.remove.hidden = state !== 'failed' && state !== 'refused';
  drawWhole();
}

/** What belongs to no single photo: the sentence on top, and the checklist. */
function drawWhole(): void {
  must<HTMLElement>('#sent').hidden = items.length === 0;
  for (const tile of document.querySelectorAll<HTMLElement>('.view')) {
    const view = tile.dataset.view ?? '';
    const known = earlier.filter((one) => one.view === view && one.state !== 'refused');
    const count = known.length + items.filter((item) => item.view === view && ['checking', 'ready'].includes(item.state)).length;
    tile.classList.toggle('has', count > 0);
    must<HTMLElement>(`.view[data-view="${view}"] .mark`).textContent = count > 1 ? String(count) : '✓';
    const name = words.views[view] ?? '';
    tile.querySelector('input')?.setAttribute('aria-label', count > 0 ? `${name}, ${words.added}` : name);
  }
  const [text, bad] = summary();
  const status = must<HTMLElement>('#status');
  status.classList.toggle('bad', bad);
  if (status.textContent !== text) status.textContent = text;
}

function summary(): readonly [text: string, bad: boolean] {
  const count = (...states: State[]) => items.filter((item) => states.includes(item.state)).length;
  const some = (n: number, one: string, many: string) => (n === 1 ? one : many.replace('{n}', String(n)));
  const lost = count('failed', 'refused');
  if (over && lost > 0) return [words.over, true];
  if (items.length === 0) {
    const before = earlier.filter((one) => one.state !== 'refused').length;
    return [before === 0 ? '' : some(before, words.earlier1, words.earlier), false];
  }
  const arrived = count('checking', 'ready');
  if (arrived + lost < items.length) return [words.summary.replace('{n}', String(arrived)).replace('{all}', String(items.length)), false];
  return lost > 0 ? [some(lost, words.some1, words.some), true] : [some(arrived, words.done1, words.done), false];
}

function move(item: Item, state: State, refusal: Refusal | null = null): void {
  Object.assign(item, { state, refusal });
  draw(item);
}

function pump(): void {
  const free = AT_ONCE - items.filter((item) => item.state === 'sending').length;
  for (const item of items.filter((one) => one.state === 'waiting').slice(0, Math.max(0, free))) void send(item);
}

async function send(item: Item): Promise<void> {
  item.sent = 0;
  move(item, 'sending');
  const bytes = await smaller(item.file);
  if (bytes.size > MOST_BYTES) move(item, 'refused', 'too-large');
  else await settle(item, await put(item, bytes));
  pump();
}

async function settle(item: Item, { status, refusal }: Answer): Promise<void> {
  if (status === 200 || status === 201) {
    move(item, 'checking');
    void tell(item);
    void ask();
  } else if (status === 404 || status === 410) {
    over = true;
    for (const one of items) if (one === item || one.state === 'waiting') move(one, 'failed');
  } else if (refusal !== null) {
    move(item, 'refused', refusal);
  } else if (++item.tries < TRIES) {
    // Away for a moment, or too much at once: the same photo again, under the same id.
    await new Promise((resolve) => setTimeout(resolve, 1_000 * 2 ** (item.tries - 1)));
    move(item, 'waiting');
  } else move(item, 'failed');
}

/** Only this old way of sending says how far it has come. */
function put(item: Item, bytes: Blob): Promise<Answer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    item.told = item.view;
    const about = new URLSearchParams({ name: item.file.name.slice(0, 200), ...(item.view !== '' && { view: item.view }) });
    request.open('PUT', `${here}/${item.id}?${about}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      item.sent = total > 0 ? loaded / total : 0;
      item.row.bar.value = item.sent;
    });
    request.addEventListener('loadend', () => resolve({ status: request.status, refusal: refusalIn(request.responseText) }));
    request.send(bytes);
  });
}

function refusalIn(text: string): Refusal | null {
  const [, refused = ''] = /^\{"refused":"([a-z-]+)"\}$/.exec(text) ?? [];
  return refused in words.refusals ? (refused as Refusal) : null;
}

/** A large photo, or one in a format of its maker's, drawn smaller as JPEG where this browser can; else the file as it is. */
async function smaller(file: File): Promise<Blob> {
  const foreign = /hei[cf]/i.test(file.type) || /\.hei[cf]$/i.test(file.name);
  if (file.size <= SEND_AS_IS && !foreign) return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = element('canvas', { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) });
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
    return drawn && (foreign || drawn.size < file.size) ? drawn : file;
  } catch {
    return file;
  }
}

/** Asks what became of the photos until each is checked. */
async function ask(): Promise<void> {
  if (asking) return;
  asking = true;
  for (let wait = ASK_EVERY_MS; items.some((item) => item.state === 'checking'); wait = Math.min(wait * 1.3, ASK_AT_LEAST_EVERY_MS)) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    const known = await list();
    for (const item of items.filter((one) => one.state === 'checking')) {
      const found = known?.find((one) => one.clientId === item.id);
      if (found && found.state !== 'received') move(item, found.state, found.refusal);
    }
  }
  asking = false;
}

async function list(): Promise<readonly Known[] | null> {
  const answer = await fetch(`${here}/sent`).catch(() => null);
  return answer?.ok ? ((await answer.json()) as readonly Known[]) : null;
}

/** Says what a photo shows when that was changed since it was sent. */
async function tell(item: Item): Promise<void> {
  if (item.view === item.told || (item.state !== 'checking' && item.state !== 'ready')) return;
  item.told = item.view;
  const body = JSON.stringify({ view: item.view === '' ? null : item.view });
  await fetch(`${here}/${item.id}`, { method: 'PATCH', body, headers: { 'content-type': 'application/json' } }).catch(() => null);
}

function again(item: Item): void {
  item.tries = 0;
  move(item, 'waiting');
  pump();
}

function forget(item: Item): void {
  items.splice(items.indexOf(item), 1);
  item.row.whole.remove();
  drawWhole();
  // What had the focus is gone; the sentence on top is what is read next.
  must<HTMLInputElement>('#choose').focus();
}

for (const input of document.querySelectorAll<HTMLInputElement>('input[type=file]')) {
  input.addEventListener('change', () => {
    add(input.files ?? [], input.dataset.view ?? '');
    input.value = '';
  });
}
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  add(event.dataTransfer?.files ?? [], (event.target as Element | null)?.closest<HTMLElement>('.view')?.dataset.view ?? '');
});
window.addEventListener('online', () => {
  if (!over) for (const item of items.filter((one) => one.state === 'failed')) again(item);
});
window.addEventListener('beforeunload', (event) => {
  if (items.some((item) => item.state === 'waiting' || item.state === 'sending')) event.preventDefault();
});
earlier = (await list()) ?? [];
drawWhole();
