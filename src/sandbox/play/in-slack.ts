import { fieldsOf, listOf, textOf } from '../json.js';
import type { Acts, PageMessage, PageView, StreamEvent } from '../page/wire.js';
import { type Client, type Seen, sitDown, type Visitor } from './visitor.js';

type Fields = Readonly<Record<string, unknown>>;

/** Somebody at the simulated Slack. */
export function inSlack(url: string, user: string): Promise<Visitor> {
  const blocks = new Map<Seen, readonly Fields[]>();
  const seen = (message: PageMessage): Seen => {
    const drawn = (message.blocks ?? []).map(fieldsOf);
    const offers = drawn.flatMap((block) => elementsOf(block).map((element) => textOf(element.action_id)));
    const { channel, ts, text } = message;
    const one: Seen = { channel, id: ts, at: Number(ts), line: text, content: JSON.stringify(drawn), offers: new Set(offers) };
    blocks.set(one, drawn);
    return one;
  };
  const client: Client<StreamEvent, PageView> = {
    api: '/sandbox/api/',
    user,
    read(event) {
      if (event.type === 'hello') return { messages: event.messages.map(seen) };
      if (event.type === 'message' || event.type === 'changed') return { messages: [seen(event.message)] };
      return event.type === 'view' ? { messages: [], open: event.view } : { messages: [] };
    },
    press(message, action) {
      const block = blocks.get(message)?.find((one) => elementsOf(one).some((element) => element.action_id === action));
      const where = { channel: message.channel, ts: message.id };
      return { act: 'click', body: { message: where, block_id: textOf(block?.block_id), action_id: action } satisfies Acts['click'] };
    },
    fill(view, form, values) {
      if (view.callback_id !== form) return null;
      return { act: 'submit', body: { view: view.id, values: filledIn(view, values) } satisfies Acts['submit'] };
    },
    say: ({ channel, id }, text, files) => ({
      act: 'say',
      body: { channel, text, thread_ts: id, ...(files.length > 0 && { files }) } satisfies Acts['say'],
    }),
  };
  return sitDown(url, client);
}

function elementsOf(block: Fields): readonly Fields[] {
  return listOf(block.elements).map(fieldsOf);
}

/** Slack's `state.values`: what the form holds already, and what is filled in over it. */
function filledIn(view: PageView, values: Readonly<Record<string, string | readonly string[]>>): Acts['submit']['values'] {
  const state: Record<string, Record<string, unknown>> = {};
  for (const block of view.blocks.map(fieldsOf)) {
    if (block.type !== 'input') continue;
    const element = fieldsOf(block.element);
    const id = textOf(block.block_id);
    state[id] = { [textOf(element.action_id)]: entered(element, values[id]) };
  }
  return state;
}

function entered(element: Fields, value: string | readonly string[] | undefined): Fields {
  const type = textOf(element.type);
  switch (type) {
    case 'static_select': {
      const chosen = listOf(element.options).find((option) => fieldsOf(option).value === value);
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
