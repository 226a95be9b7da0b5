import type { ActAnswer, Acts, LeadExample, PageChannel, PageMessage, PageUser, PageView, StreamEvent } from '../page/wire.js';
import type { PageBackend } from '../page-server.js';
import { clientWords } from './client-words.js';
import { mimeType } from './file-store.js';
import { canSeeFile, pageFile, uploadedBy, uploadedFile } from './page-files.js';
import type { Person } from './person.js';
import type { SlackSeed } from './seed.js';
import type { Change, Channel, SlackMessage, SlackView } from './shapes.js';
import type { Shown } from './shown.js';
import type { SlackSimulator } from './simulator.js';

/** The ready leads of the page, and who posts them to the program's intake. */
export interface LeadSender {
  readonly examples: readonly LeadExample[];
  send(example: string): Promise<ActAnswer>;
}

/** The simulated workspace as the browser page sees it: each person their own channels, messages and modals. `twins`: the same people in Teams. */
export function slackPage(
  simulator: SlackSimulator,
  seed: Pick<SlackSeed, 'workspace' | 'users' | 'bot' | 'commands'>,
  leads: LeadSender,
  twins?: Readonly<Record<string, string>>,
): PageBackend {
  const people = seed.users.map(
    (user): PageUser => ({ id: user.id, name: user.realName, job: user.job ?? '', locale: user.locale, timeZone: user.tz }),
  );
  return {
    workspace: () => ({
      name: seed.workspace.name,
      people,
      channels: simulator.channels().filter(isShared).map(pageChannel),
      bot: { userId: seed.bot.userId, name: seed.bot.name },
      commands: seed.commands,
      examples: leads.examples,
      ...(twins === undefined ? {} : { twins }),
    }),
    streamFor(user, send) {
      send(helloTo(simulator, user));
      const open = simulator.as(user).modal();
      if (open !== null) send({ type: 'view', view: pageView(open) });
      const home = simulator.as(user).home();
      if (home !== null) send({ type: 'home', view: pageView(home) });
      return simulator.subscribe((change) => {
        for (const event of eventsFor(simulator, user, change)) send(event);
      });
    },
    async act(user, name, body) {
      const locale = people.find(({ id }) => id === user)?.locale ?? '';
      try {
        return await perform(simulator, leads, simulator.as(user), locale, { name, body } as AnyAct);
      } catch (error) {
        // Somebody pointed at a channel or message they cannot see.
        if (error instanceof RangeError) return { ok: false, error: clientWords(locale).gone };
        throw error;
      }
    },
    upload: (user, name, bytes) => ({ ok: true, file: uploadedFile(simulator.as(user).upload(name, bytes)) }),
    file(user, id) {
      const file = simulator.file(id);
      return file?.bytes === undefined || !canSeeFile(simulator, user, file)
        ? null
        : { name: file.name, mimetype: mimeType(file), bytes: Buffer.from(file.bytes, 'base64') };
    },
  };
}

type AnyAct = { [N in keyof Acts]: { readonly name: N; readonly body: Acts[N] } }[keyof Acts];

async function perform(simulator: SlackSimulator, leads: LeadSender, person: Person, locale: string, act: AnyAct): Promise<ActAnswer> {
  switch (act.name) {
    case 'click': {
      const { message, view, block_id, action_id, choice } = act.body;
      return answerOf(await person.click({ ...message, ...(view === undefined ? {} : { view }), block_id, action_id }, choice));
    }
    case 'submit':
      if (person.modal()?.id !== act.body.view) return { ok: false, error: clientWords(locale).gone };
      return answerOf(await person.submit(act.body.values));
    case 'close':
      if (person.modal()?.id !== act.body.view) return { ok: true };
      return answerOf(await person.close());
    case 'say':
      return say(simulator, person, locale, act.body);
    case 'remove':
      return answerOf(person.remove(act.body.channel, act.body.ts));
    case 'home':
      person.openHome();
      return { ok: true };
    case 'lead':
      return leads.send(act.body.example);
  }
}

async function say(simulator: SlackSimulator, person: Person, locale: string, act: Acts['say']): Promise<ActAnswer> {
  const { channel, text, thread_ts } = act;
  const files = uploadedBy(simulator, person.id, act.files ?? []);
  if (files === null) return { ok: false, error: clientWords(locale).gone };
  if (files.length > 0 || !text.startsWith('/')) {
    person.say(channel, text, { files, ...(thread_ts === undefined ? {} : { thread_ts }) });
    return { ok: true };
  }
  if (thread_ts !== undefined) return { ok: false, error: noCommandsInThreads(locale) };
  return answerOf(await person.command(channel, text));
}

/** Slack runs no slash command from a thread, and says so. */
function noCommandsInThreads(locale: string): string {
  return locale.startsWith('fr')
    ? 'Slack n’accepte pas les commandes dans un fil. Écrivez-la dans le canal.'
    : 'Slack takes no commands in a thread. Write it in the channel.';
}

function answerOf(shown: Shown): ActAnswer {
  if (shown.ok) return shown;
  return { ok: false, error: shown.sentence, ...(shown.fields === undefined ? {} : { fields: shown.fields }) };
}

function helloTo(simulator: SlackSimulator, user: string): StreamEvent {
  const channels = simulator.channels().filter((channel) => isListed(channel, user));
  const messages = channels.flatMap((channel) => simulator.messages(channel.id).map((message) => pageMessage(channel.id, message)));
  const whispers = simulator.ephemerals(user).map(({ channel, message }) => whisper(channel, message));
  return { type: 'hello', channels: channels.map(pageChannel), messages: [...messages, ...whispers] };
}

/** What a change means to one person. */
function eventsFor(simulator: SlackSimulator, user: string, change: Change): readonly StreamEvent[] {
  switch (change.type) {
    case 'view':
      return change.user === user ? [{ type: 'view', view: change.view && pageView(change.view) }] : [];
    case 'ephemeral':
      return change.user === user ? [{ type: 'message', message: whisper(change.channel.id, change.message) }] : [];
    case 'ephemeral_deleted':
      return change.user === user ? [{ type: 'deleted', channel: change.channel.id, ts: change.ts }] : [];
    case 'home':
      return change.user === user ? [{ type: 'home', view: pageView(change.view) }] : [];
    case 'home_opened':
      return [];
    default:
      return isListed(change.channel, user) ? inChannel(simulator, user, change) : [];
  }
}

type InChannel = Extract<Change, { type: 'message' | 'changed' | 'counted' | 'deleted' | 'channel' | 'joined' }>;

function inChannel(simulator: SlackSimulator, user: string, change: InChannel): readonly StreamEvent[] {
  const { id } = change.channel;
  switch (change.type) {
    case 'message':
      return [{ type: 'message', message: pageMessage(id, change.message) }];
    case 'changed':
    case 'counted':
      return [{ type: 'changed', message: pageMessage(id, change.message) }];
    case 'deleted':
      return [{ type: 'deleted', channel: id, ts: change.previous.ts }];
    case 'channel':
      return [{ type: 'channel', channel: pageChannel(change.channel) }];
    case 'joined':
      // Who comes in sees what was said before.
      if (change.user !== user) return [];
      return simulator.messages(id).map((message) => ({ type: 'message', message: pageMessage(id, message) }));
  }
}

function isShared(channel: Channel): boolean {
  return channel.kind !== 'im' && !channel.archived;
}

/** In the side bar: what one is a member of, as in Slack. */
function isListed(channel: Channel, user: string): boolean {
  return channel.members.includes(user) && !channel.archived;
}

function pageChannel({ id, name, kind, topic, members }: Channel): PageChannel {
  return { id, name, topic, members, private: kind !== 'channel' };
}

function whisper(channel: string, message: SlackMessage): PageMessage {
  return { ...pageMessage(channel, message), ephemeral: true };
}

function pageMessage(channel: string, message: SlackMessage): PageMessage {
  const { ts, user, text, subtype, bot_id, blocks, thread_ts, reply_count, edited, files } = message;
  return {
    channel,
    ts,
    user,
    text,
    ...(subtype === undefined ? {} : { subtype }),
    ...(bot_id === undefined ? {} : { bot_id }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(thread_ts === undefined ? {} : { thread_ts }),
    ...(reply_count === undefined ? {} : { reply_count }),
    ...(edited === undefined ? {} : { edited: { ts: edited.ts } }),
    ...(files === undefined ? {} : { files: files.map(pageFile) }),
  };
}

/** The view without what only the app may read. */
function pageView(view: SlackView): PageView {
  const { id, callback_id, blocks, state } = view;
  const { title, submit, close } = view as {
    readonly title?: PageView['title'];
    readonly submit?: PageView['title'];
    readonly close?: PageView['title'];
  };
  return { id, callback_id, blocks, state, title: title ?? { text: '' }, ...(submit ? { submit } : {}), ...(close ? { close } : {}) };
}
