import { expect } from 'vitest';
import { everyObject, type Found } from '../platforms/teams/seen.js';
import { COMPANY, onTeams, teamsAccount, teamsRoom } from './cast.js';
import { pathsIn, photoLinks } from './photo-links.js';
import { SOON } from './seen.js';
import { type Answer, type Form, has, oneLine, type Post, type Seat, type Stage, type Typed } from './stage.js';
import { type Both, buttonsIn, readIn, runBoth } from './tenant.js';

type Message = ReturnType<Both['teams']['messages']>[number];

/** The house on Teams, and on nothing else: whatever Slack would have shown must be here. `readsAlong`: nobody needs to mention the bot. */
export async function teamsStage({ readsAlong = false } = {}): Promise<Stage> {
  const house = await runBoth({ tenant: { ...COMPANY, rsc: readsAlong }, edit: onTeams, without: 'slack' });
  return {
    house,
    as: ({ id }) => seat(house, teamsAccount(id), !readsAlong),
    posts: (room) => house.teams.messages(teamsRoom(room)).map(post),
    until: (check) => house.teams.until(check, SOON),
    close: house.stop,
  };
}

function post(message: Message): Post {
  const { id, conversation, root, attachments } = message;
  return {
    ...{ room: conversation, id, under: root ?? null, words: oneLine(`${message.text} ${readIn(message)}`), buttons: buttonsIn(message) },
    pictures: everyObject(attachments).filter(({ type }) => type === 'Image').length,
    // A reply brings its post forward in the channel.
    aloud: root !== undefined,
    raw: JSON.stringify(attachments),
  };
}

/** `mention`: words in a channel begin with one of the bot, which hears nothing else there. */
function seat(house: Both, account: string, mention: boolean): Seat {
  const reading = reads(house, account);
  const { say, edit } = house.teams.as(account);
  return {
    ...reading,
    ...fillsIn(house, account, reading.form),
    says: ({ room, id, under }, text) => post(say(room, text, { under: under ?? id, mention })),
    edits: (where, text) => edit(at(where), text),
  };
}

const at = ({ room, id }: Post) => ({ conversation: room, id });

/** Pressing buttons, and reading what they show. */
function reads(house: Both, account: string) {
  const person = house.teams.as(account);
  const chat = () => person.messages(person.chat()).filter(({ from }) => from.startsWith('28:'));
  const form = () => shown(person.dialog()?.card);
  const listens: Seat['listens'] = () => {
    const [written, passed] = [chat().length, person.toasts().length];
    const told = () => [...chat().slice(written).map(post), ...person.toasts().slice(passed).map(passing)];
    return (says) => house.teams.until(() => told().find((one) => has(one, says)), SOON);
  };
  const press: Seat['press'] = async (where, action) => {
    expect(await person.click(at(where), action), action).toMatchObject({ ok: true });
  };
  const opens: Seat['opens'] = async (where, action) => {
    person.close();
    await press(where, action);
    const now = form();
    if (!now) throw new Error(`no form but: ${person.dialog()?.message}`);
    return now;
  };
  const asks: Seat['asks'] = async (where, action) => {
    person.close();
    const hears = listens();
    await press(where, action);
    const dialog = person.dialog();
    person.close();
    if (!dialog) return (await hears('')).words;
    return oneLine(dialog.card ? readIn({ attachments: [{ content: dialog.card }] }) : (dialog.message ?? ''));
  };
  const adds: Seat['adds'] = async () => {
    const hears = listens();
    person.say(person.chat(), 'new lead');
    const opener = await hears('');
    // Its button asks for the command again, and has no name but its title.
    const [button] = everyObject(JSON.parse(opener.raw)).filter(({ type }) => type === 'Action.Submit');
    return opens(opener, String(button?.title));
  };
  return { form, listens, press, opens, asks, adds };
}

/** Filling in forms, and sending photos, which no form and no thread takes here. */
function fillsIn(house: Both, account: string, form: Seat['form']): Pick<Seat, 'sends' | 'drops' | 'forges'> {
  const person = house.teams.as(account);
  /** By the page that a card opens. */
  const send = async (card: Found | undefined, photos: readonly Buffer[]) => {
    const [path = ''] = everyObject(card).flatMap(({ url }) => (typeof url === 'string' ? pathsIn(url) : []));
    for (const photo of photos) expect((await photoLinks(house).put(path, photo)).status).toBe(201);
  };
  return {
    async sends(values, photos = []) {
      await send(person.dialog()?.card, photos);
      const answer = await person.submit(values);
      if (!answer.ok && !answer.fields) throw new Error(`the form was not taken: ${answer.sentence}`);
      if (!answer.ok) return answer.fields ?? {};
      if (answer.dialog && !form()) throw new Error(`the form was not taken: ${person.dialog()?.message}`);
      return answer.dialog ? (form()?.faults ?? {}) : {};
    },
    /** The first by the page behind the button, the others as files sent to the bot itself. */
    async drops(card, [first, ...others]) {
      expect(await person.click(at(card), 'photos.add')).toMatchObject({ ok: true, dialog: true });
      if (first) await send(person.dialog()?.card, [first]);
      person.close();
      if (others.length > 0) person.say(person.chat(), '', { files: others.map((photo, n) => person.upload(`IMG_${n}.jpg`, photo)) });
    },
    async forges({ data, subject }, values): Promise<Answer> {
      const value = { data: { ...data, subject, ...values }, context: { theme: 'default' } };
      const { status, answer } = await house.teams.forge(account, person.chat(), { type: 'invoke', name: 'task/submit', value });
      expect(status).toBe(200);
      const { task } = (answer ?? {}) as { task?: { value: string | { card: { content: Found } } } };
      if (task === undefined) return { faults: {}, kept: null };
      const back = typeof task.value === 'string' ? null : shown(task.value.card.content);
      return back ? { faults: back.faults, kept: back.values } : { faults: { '': JSON.stringify(task.value) }, kept: null };
    },
  };
}

/** What the client shows in passing stands nowhere. */
const passing = ({ text }: { readonly text: string }): Post => ({
  ...{ room: '', id: '', under: null, words: oneLine(text), buttons: [], pictures: 0, aloud: false, raw: text },
});

/** A form, read from the card of a dialog. */
function shown(card: Found | undefined): Form | null {
  const sent = everyObject(card).flatMap(({ type, data }) => (type === 'Action.Submit' ? [data as Found] : []));
  const data = sent.find(({ form }) => typeof form === 'string');
  if (!card || !data) return null;
  const body = card.body as readonly Found[];
  const inputs = body.filter(({ type }) => String(type).startsWith('Input.'));
  return {
    ...{ id: String(data.form), subject: String(data.subject), data, fields: inputs.map(({ id }) => String(id)) },
    values: Object.fromEntries(inputs.flatMap(({ id, value }) => (value === undefined ? [] : [[String(id), String(value)]]))),
    written: inputs.filter(({ type }) => type === 'Input.Text').map(({ id }) => String(id)),
    faults: faultsIn(body),
  };
}

/** What stands in warning colours below an input, by its id. */
function faultsIn(body: readonly Found[]): Typed {
  const faults: Record<string, string> = {};
  let field = '';
  for (const item of body) {
    if (String(item.type).startsWith('Input.')) field = String(item.id);
    const warning = everyObject(item).some(({ color }) => color === 'Attention');
    if (warning) faults[field] = oneLine(`${faults[field] ?? ''} ${readIn({ attachments: [{ content: item }] })}`);
  }
  return faults;
}
