import { fieldsOf, isFields, textOf } from '../json.js';
import type { PressedAction, TenantActs, TenantDialog, TenantEvent, TenantMessage } from '../page/teams/wire.js';
import { type Client, type Seen, sitDown, type Visitor } from './visitor.js';

type Fields = Readonly<Record<string, unknown>>;

/** Somebody at the simulated Teams. */
export function inTeams(url: string, user: string): Promise<Visitor> {
  const actions = new Map<Seen, readonly Fields[]>();
  const seen = (message: TenantMessage): Seen => {
    const drawn = partsOf(message.cards).filter(({ type }) => textOf(type).startsWith('Action.'));
    const one: Seen = {
      channel: message.conversation,
      id: message.id,
      at: Number(message.id) / 1_000,
      line: message.text,
      content: JSON.stringify([message.text, message.cards]),
      offers: new Set(drawn.map(nameOf)),
    };
    actions.set(one, drawn);
    return one;
  };
  const client: Client<TenantEvent, TenantDialog> = {
    api: '/sandbox/teams/api/',
    user,
    read(event) {
      if (event.type === 'hello') return { messages: event.messages.map(seen), open: event.dialog };
      if (event.type === 'message') return { messages: [seen(event.message)] };
      return event.type === 'dialog' ? { messages: [], open: event.dialog } : { messages: [] };
    },
    press(message, name) {
      const action = pressed(actions.get(message)?.find((one) => nameOf(one) === name) ?? {});
      const where = { conversation: message.channel, id: message.id };
      return { act: 'click', body: { ...where, action, inputs: {} } satisfies TenantActs['click'] };
    },
    fill({ card }, form, values) {
      const parts = partsOf(card);
      const send = parts.find(({ type, data }) => type === 'Action.Submit' && fieldsOf(data).form === form);
      if (!send) return null;
      const inputs = parts.filter(({ type }) => textOf(type).startsWith('Input.'));
      const entered = inputs.map((input): [string, string] => [textOf(input.id), textOf(values[textOf(input.id)]) || textOf(input.value)]);
      return { act: 'submit', body: { action: pressed(send), inputs: Object.fromEntries(entered) } satisfies TenantActs['submit'] };
    },
    say: ({ channel, id }, text, files) => ({
      act: 'say',
      body: { conversation: channel, under: id, text, ...(files.length > 0 && { files }) } satisfies TenantActs['say'],
    }),
  };
  return sitDown(url, client);
}

function nameOf({ verb, data }: Fields): string {
  return textOf(verb) || textOf(fieldsOf(data).verb);
}

function pressed({ type, title, verb, data }: Fields): PressedAction {
  const named = typeof verb === 'string' ? { verb } : {};
  return { type: textOf(type), title: textOf(title), ...named, ...(data === undefined ? {} : { data }) };
}

/** Every object with a type, in reading order; what only older clients draw is left out. */
function partsOf(value: unknown): Fields[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (!isFields(value)) return [];
  const inside = Object.entries(value).filter(([name]) => name !== 'fallback' && name !== 'data');
  return [...(typeof value.type === 'string' ? [value] : []), ...inside.flatMap(([, part]) => partsOf(part))];
}
