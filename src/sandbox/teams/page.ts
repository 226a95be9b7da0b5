import type { PressedAction, TenantActs, TenantDialog, TenantEvent, TenantMessage, TenantPlace } from '../page/teams/wire.js';
import type { ActAnswer, PageFile, PageUser } from '../page/wire.js';
import type { TeamsBackend } from '../page-server.js';
import type { LeadSender } from '../slack/page.js';
import { cardsOf } from './cards.js';
import { clientWords } from './client-words.js';
import type { Shown } from './interact.js';
import { mimeType } from './media.js';
import type { Person, Saying } from './person.js';
import type { TeamsSeed } from './seed.js';
import type { Change, Conversation, Dialog, StoredFile, TeamsMessage } from './shapes.js';
import type { TeamsSimulator } from './simulator.js';

type Seen = Pick<TeamsSeed, 'tenant' | 'app' | 'people' | 'teams'>;

/** The simulated tenant as the browser page sees it: each person their own teams, chat and dialogs. `twins`: the same people in Slack. */
export function teamsPage(simulator: TeamsSimulator, seed: Seen, leads: LeadSender, twins: Readonly<Record<string, string>>): TeamsBackend {
  const people = seed.people.map(
    ({ aadObjectId, name, job, locale, timeZone }): PageUser => ({ id: aadObjectId, name, job: job ?? '', locale, timeZone }),
  );
  const view: View = { simulator, seed };
  return {
    workspace: () => ({ name: seed.tenant.name, people, bot: { name: seed.app.name }, examples: leads.examples, twins }),
    streamFor(user, send) {
      send(helloTo(view, user));
      return simulator.subscribe((change) => {
        const event = eventFor(view, user, change);
        if (event) send(event);
      });
    },
    async act(user, name, body) {
      const words = clientWords(people.find(({ id }) => id === user)?.locale ?? '');
      try {
        return await perform(view, leads, simulator.as(user), { name, body } as AnyAct);
      } catch (error) {
        // Somebody pointed at a conversation or message they cannot see.
        if (error instanceof RangeError) return { ok: false, error: words.gone };
        throw error;
      }
    },
    upload: (user, name, bytes) => ({ ok: true, file: pageFile(simulator.as(user).upload(name, bytes)) }),
    file(user, id) {
      const file = simulator.file(id);
      return file && mayOpen(simulator, user, file)
        ? { name: file.name, mimetype: mimeType(file.name), bytes: Buffer.from(file.bytes, 'base64') }
        : null;
    },
  };
}

interface View {
  readonly simulator: TeamsSimulator;
  readonly seed: Seen;
}

type AnyAct = { [N in keyof TenantActs]: { readonly name: N; readonly body: TenantActs[N] } }[keyof TenantActs];

async function perform(view: View, leads: LeadSender, person: Person, act: AnyAct): Promise<ActAnswer> {
  switch (act.name) {
    case 'click': {
      const { conversation, id, action, inputs } = act.body;
      return answerOf(await person.click({ conversation, id }, asPressed(action), inputs));
    }
    case 'submit':
      return answerOf(await person.submit(act.body.inputs, asPressed(act.body.action)));
    case 'close':
      person.close();
      return { ok: true };
    case 'say':
      return say(view, person, act.body);
    case 'edit':
      person.edit(act.body, act.body.text);
      return { ok: true };
    case 'remove':
      person.remove(act.body);
      return { ok: true };
    case 'lead':
      return leads.send(act.body.example);
  }
}

/** What JSON leaves out was not there. */
function asPressed({ type, title, verb, url, data }: PressedAction): PressedAction {
  return {
    type,
    ...(title === undefined ? {} : { title }),
    ...(verb === undefined ? {} : { verb }),
    ...(url === undefined ? {} : { url }),
    ...(data === undefined ? {} : { data }),
  };
}

/** `@Forecourt` anywhere speaks to the bot, `@Name` mentions a colleague. */
function say({ simulator, seed }: View, person: Person, { conversation, text, under, files = [] }: TenantActs['say']): ActAnswer {
  const sent = files.map((id) => simulator.file(id)).filter((file) => file?.owner === person.id);
  if (sent.length !== files.length) throw new RangeError('a file of somebody else');
  const toBot = `@${seed.app.name}`;
  const channel = conversation.startsWith('19:');
  const mention = channel && text.includes(toBot);
  const saying: Saying = {
    ...(under === undefined ? {} : { under }),
    mention,
    mentions: seed.people.filter(({ name }) => text.includes(`@${name}`)).map(({ aadObjectId }) => aadObjectId),
    files: sent.filter((file) => file !== undefined),
  };
  person.say(conversation, mention ? text.replace(toBot, '').trim() : text, saying);
  return { ok: true };
}

function answerOf(shown: Shown): ActAnswer {
  if (shown.ok) return { ok: true };
  return { ok: false, error: shown.sentence, ...(shown.fields === undefined ? {} : { fields: shown.fields }) };
}

function helloTo(view: View, user: string): TenantEvent {
  const { simulator } = view;
  const person = simulator.as(user);
  // Opens the chat, so that one can write to the bot first.
  person.chat();
  const conversations = simulator.conversationsOf(user);
  const messages = conversations.flatMap(({ id }) => person.everything(id)).map((message) => pageMessage(view, user, message));
  const open = person.dialog();
  return { type: 'hello', places: conversations.map((one) => placeOf(view, one)), messages, dialog: open && pageDialog(open) };
}

/** What a change means to one person; null: nothing. */
function eventFor(view: View, user: string, change: Change): TenantEvent | null {
  switch (change.type) {
    case 'dialog':
      return change.person === user ? { type: 'dialog', dialog: change.dialog && pageDialog(change.dialog) } : null;
    case 'toast': {
      const { text, error, at } = change.toast;
      return change.person === user ? { type: 'toast', toast: { text, error, ...(at === null ? {} : { message: at.id }) } } : null;
    }
    case 'view':
      return change.person === user ? { type: 'message', message: pageMessage(view, user, change.message) } : null;
    case 'conversation':
      return change.conversation.members.includes(user) ? { type: 'place', place: placeOf(view, change.conversation) } : null;
    default:
      return change.conversation.members.includes(user) ? { type: 'message', message: pageMessage(view, user, change.message) } : null;
  }
}

function placeOf({ seed }: View, { id, kind, name, description, team, members }: Conversation): TenantPlace {
  return { id, kind, name, description, team: seed.teams.find((one) => one.id === team)?.name ?? '', members };
}

function pageMessage({ simulator, seed }: View, user: string, message: TeamsMessage): TenantMessage {
  const author = seed.people.find(({ aadObjectId }) => simulator.idOf(aadObjectId) === message.from);
  const me = [user, simulator.idOf(user)];
  const mentioned = [...message.entities, ...cardsOf(message).flatMap(mentionsOf)];
  const files = (message.files ?? []).flatMap((id) => simulator.file(id) ?? []);
  return {
    conversation: message.conversation,
    id: message.id,
    ...(message.root === undefined ? {} : { root: message.root }),
    from: author?.aadObjectId ?? 'bot',
    text: message.text,
    format: message.textFormat,
    cards: cardsOf(message),
    pictures: message.attachments.flatMap(({ contentType, contentUrl }) =>
      String(contentType).startsWith('image/') ? [String(contentUrl)] : [],
    ),
    files: files.map(pageFile),
    edited: message.editedAt !== undefined && author !== undefined,
    deleted: message.deletedAt !== undefined,
    mentionsMe: mentioned.some((entity) => me.includes(mentionedId(entity))),
  };
}

function mentionsOf(card: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] {
  const { entities } = (card.msteams ?? {}) as { entities?: readonly Readonly<Record<string, unknown>>[] };
  return entities ?? [];
}

function mentionedId(entity: Readonly<Record<string, unknown>>): string {
  const { id } = (entity.mentioned ?? {}) as { id?: unknown };
  return typeof id === 'string' ? id : '';
}

function pageDialog({ from: _, ...shown }: Dialog): TenantDialog {
  return shown;
}

function pageFile({ id, name }: StoredFile): PageFile {
  return { id, name, mimetype: mimeType(name) };
}

/** Their own, and what was sent where they can read. */
function mayOpen(simulator: TeamsSimulator, user: string, file: StoredFile): boolean {
  if (file.owner === user) return true;
  return simulator.conversationsOf(user).some(({ id }) => simulator.messages(id).some(({ files }) => files?.includes(file.id)));
}
