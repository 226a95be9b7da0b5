import { expect } from 'vitest';
import { onSlack, ROOMS, slackAccount, WORKSPACE } from './cast.js';
import { forgeSubmission } from './forge.js';
import { faultsOf, fieldsOf } from './owned.js';
import { PUBLIC } from './photo-links.js';
import { type Running, run } from './running.js';
import { buttons, type Message, privately, SOON, words } from './seen.js';
import { type Form, has, oneLine, type Post, type Seat, type Stage, type Typed } from './stage.js';

/** The house on Slack. */
export async function slackStage(): Promise<Stage> {
  const house = await run({ seed: WORKSPACE, edit: onSlack, simulator: { rate: 'off' }, env: { PUBLIC_URL: PUBLIC } });
  return {
    house,
    as: ({ id }) => seat(house, slackAccount(id)),
    posts: (room) => house.slack.messages(ROOMS[room]).map(postIn(ROOMS[room])),
    until: (check) => house.slack.until(check, SOON),
    close: house.stop,
  };
}

function postIn(room: string) {
  return (message: Message): Post => ({
    ...{ room, id: message.ts, words: oneLine(words(message)), buttons: buttons(message), raw: JSON.stringify(message) },
    under: message.thread_ts === undefined || message.thread_ts === message.ts ? null : message.thread_ts,
    pictures: (message.blocks ?? []).filter(({ type }) => type === 'image').length,
    aloud: message.subtype === 'thread_broadcast',
  });
}

function seat(house: Running, user: string): Seat {
  const { slack } = house;
  const person = slack.as(user);
  const told = () => privately(house, user).map(postIn(user));
  const form = () => shown(person.modal());
  const press: Seat['press'] = async (post, action) => {
    expect(await person.click({ channel: post.room, ts: post.id, action_id: action }), action).toEqual({ ok: true });
  };
  const listens: Seat['listens'] = () => {
    const before = told().length;
    return (says) =>
      slack.until(
        () =>
          told()
            .slice(before)
            .find((one) => has(one, says)),
        SOON,
      );
  };
  const upload = (photos: readonly Buffer[]) => photos.map((photo, n) => person.upload(`IMG_${n}.jpg`, photo));
  return {
    ...{ press, form, listens },
    async asks(post, action) {
      const hears = listens();
      await press(post, action);
      return (await hears('')).words;
    },
    async opens(post, action) {
      await person.close(true);
      await press(post, action);
      return slack.until(form, SOON);
    },
    async adds() {
      await person.close(true);
      const [room = ''] = WORKSPACE.channels.filter(({ members }) => members.includes(user)).map(({ id }) => id);
      expect(await person.command(room, '/lead add')).toEqual({ ok: true });
      return slack.until(form, SOON);
    },
    async sends(values, photos = []) {
      const answer = await person.submit(photos.length === 0 ? values : { ...values, photos: upload(photos) });
      if (answer.ok) return {};
      if (!answer.fields) throw new Error(`the form was not taken: ${answer.sentence}`);
      return plainFaults(answer.fields);
    },
    says: ({ room, id, under }, text) => postIn(room)(person.say(room, text, { thread_ts: under ?? id })),
    edits: ({ room, id }, text) => person.edit(room, id, text),
    async drops({ room, id }, photos) {
      person.say(room, '', { thread_ts: id, files: upload(photos) });
    },
    async forges({ id, subject }, values) {
      return { faults: plainFaults(faultsOf(await forgeSubmission(house, { user, id, subject, values }))), kept: null };
    },
  };
}

const plainFaults = (faults: Typed): Typed => Object.fromEntries(Object.entries(faults).map(([field, says]) => [field, oneLine(says)]));

function shown(view: ReturnType<ReturnType<Running['slack']['as']>['modal']>): Form | null {
  if (!view) return null;
  const states = Object.entries(view.state.values).map(([field, { [field]: state }]) => ({ field, state }));
  const values = Object.fromEntries(states.map(({ field, state }) => [field, enteredIn(state)]));
  const written = states.filter(({ state }) => state?.type === 'plain_text_input').map(({ field }) => field);
  const { callback_id: id, private_metadata: subject } = view;
  return { id, subject, fields: fieldsOf(view), values, written, faults: {}, data: {} };
}

function enteredIn(state: Readonly<Record<string, unknown>> | undefined): string {
  const { value, selected_date: date, selected_time: time, selected_option: option } = state ?? {};
  return String(value ?? date ?? time ?? (option as { value?: unknown } | null | undefined)?.value ?? '');
}
