import { type Place, type Platform, PlatformFailure } from '../../chat/platform.js';
import type { MessageId, PersonId } from '../../chat/text.js';
import type { Ask } from './connector.js';
import { text } from './connector.js';
import { type Act, malformed } from './errors.js';
import { marked } from './mark.js';
import type { Known, KnownPerson, KnownService } from './memory.js';
import { messageId, readChannel, readMessage, readPerson, readThread, threadOf } from './refs.js';
import { renderCard, type Surroundings, type TeamsMessage } from './render.js';
import type { Search } from './search.js';

export interface Speaking extends Surroundings {
  readonly ask: Ask;
  readonly known: Known;
  /** Where to speak before anything was heard; undefined where there is no such place. */
  readonly service: KnownService | undefined;
  readonly tenantId: string | undefined;
  /** Undefined where nothing can be asked what stands in a channel. */
  readonly search: Search | undefined;
  /** Channels in which people can be looked up, as Teams writes them. */
  readonly channels: readonly string[];
}

/** The half of the contract that speaks. */
export type Speaker = Pick<Platform, 'post' | 'update' | 'find' | 'whisper' | 'linkTo' | 'nameOf'> & {
  /** Posts in one person's conversation with the bot. */
  postTo(person: PersonId, message: TeamsMessage, signal?: AbortSignal): Promise<MessageId>;
  /** Shows something else in place of a message of ours. */
  change(message: MessageId, shown: TeamsMessage, signal?: AbortSignal): Promise<void>;
  /** Shows one person something, in their conversation with the bot. */
  tell(person: PersonId, message: TeamsMessage, channel: string | undefined, signal?: AbortSignal): Promise<void>;
};

/** Messages of ours in Teams. A reply below a post brings that post forward in its channel, so nothing is said twice to say it aloud. */
export function speaker(speaking: Speaking): Speaker {
  const { ask, known, tenantId, search } = speaking;
  const tell: Speaker['tell'] = async (person, message, channel, signal) => {
    const objectId = teamsPerson(person);
    const service = (channel === undefined ? null : await known.channel(channel)) ?? (await serviceOf(speaking));
    const conversation = await conversationWith(speaking, service, objectId, channel, signal);
    await ask(service.serviceUrl, 'post', (conversations) => conversations.sendToConversation(conversation, activityOf(message)), signal);
  };
  const change: Speaker['change'] = async (message, shown, signal) => {
    const ref = readMessage(message);
    if (ref === undefined) throw new PlatformFailure('never', 'foreign_message');
    const channel = readThread(ref.conversation)?.channel;
    const service = (channel === undefined ? null : await known.channel(channel)) ?? (await serviceOf(speaking));
    const activity = { ...activityOf(shown), id: ref.activity };
    const call: Parameters<Ask>[2] = (conversations) => conversations.updateActivity(ref.conversation, ref.activity, activity);
    await ask(service.serviceUrl, 'change', call, signal);
  };
  return {
    tell,
    change,
    postTo: (person, message, signal) => postPrivately(speaking, teamsPerson(person), activityOf(message), signal),
    async post(place, card, mark, signal) {
      const person = readPerson(place.channel);
      const activity = activityOf(marked(renderCard(card, speaking), mark));
      if (person !== undefined) return postPrivately(speaking, person, activity, signal);
      const [channel, root] = placeOf(place);
      const service = (await known.channel(channel)) ?? (await serviceOf(speaking));
      if (root === undefined) return postNew(speaking, service, channel, activity, signal);
      const conversation = threadOf(channel, root);
      const send = () =>
        ask(service.serviceUrl, 'post', (conversations) => conversations.sendToConversation(conversation, activity), signal);
      const { id } = await send().catch(belowNothing);
      return messageId({ conversation, activity: text(id, 'post') });
    },
    update: (message, card, signal) => change(message, renderCard(card, speaking), signal),
    async find(place, mark, since, signal) {
      // Of a private conversation nobody can give a bot leave to read the past.
      if (readPerson(place.channel) !== undefined) throw new PlatformFailure('never', 'not_searchable');
      const [channel, root] = placeOf(place);
      if (search === undefined) throw new PlatformFailure('never', 'not_searchable');
      const activity = await search({ channel, root, mark, since }, signal);
      return activity === null ? null : messageId({ conversation: threadOf(channel, root ?? activity), activity });
    },
    async whisper(person, place, card, signal) {
      const channel = place === undefined || readPerson(place.channel) !== undefined ? undefined : placeOf(place)[0];
      await tell(person, renderCard(card, speaking), channel, signal);
    },
    async linkTo(message) {
      const thread = readThread(readMessage(message)?.conversation ?? '');
      const { activity } = readMessage(message) ?? {};
      if (thread === undefined || activity === undefined) return null;
      const address = new URL(
        `https://teams.microsoft.com/l/message/${encodeURIComponent(thread.channel)}/${encodeURIComponent(activity)}`,
      );
      if (tenantId !== undefined) address.searchParams.set('tenantId', tenantId);
      address.searchParams.set('parentMessageId', thread.root);
      return address.href;
    },
    async nameOf(person) {
      const objectId = teamsPerson(person);
      const { name } = (await known.person(objectId)) ?? (await lookUp(speaking, await serviceOf(speaking), objectId, undefined));
      return text(name, 'read');
    },
  };
}

type Outgoing = ReturnType<typeof activityOf>;

/** The attachments are copied: the client's types want them changeable. */
function activityOf({ type, summary, attachments }: TeamsMessage) {
  return { type, summary, attachments: [...attachments] };
}

async function postPrivately(speaking: Speaking, objectId: string, activity: Outgoing, signal?: AbortSignal) {
  const service = await serviceOf(speaking);
  const conversation = await conversationWith(speaking, service, objectId, undefined, signal);
  const send = () =>
    speaking.ask(service.serviceUrl, 'post', (conversations) => conversations.sendToConversation(conversation, activity), signal);
  const { id } = await send();
  return messageId({ conversation, activity: text(id, 'post') });
}

async function postNew(speaking: Speaking, service: KnownService, channel: string, activity: Outgoing, signal?: AbortSignal) {
  const wanted = { isGroup: true, channelData: { channel: { id: channel } }, activity };
  const made = await begin(speaking, service, 'post', wanted, signal);
  const thread = readThread(made);
  if (thread === undefined) throw malformed('post');
  return messageId({ conversation: made, activity: thread.root });
}

/** Makes a conversation of our tenant. @returns its id */
async function begin({ ask, tenantId }: Speaking, service: KnownService, act: Act, wanted: Wanted, signal?: AbortSignal): Promise<string> {
  const ours = tenantId === undefined ? {} : { tenant: { id: tenantId } };
  const parameters = {
    ...{ ...wanted, bot: { id: service.bot, name: '' }, channelData: { ...wanted.channelData, ...ours } },
    ...(tenantId !== undefined && { tenantId }),
  };
  const call: Parameters<Ask>[2] = (conversations) =>
    // The client's types want every field of an activity, and of whoever takes part.
    conversations.createConversation(parameters as unknown as Parameters<typeof conversations.createConversation>[0]);
  const made = (await ask(service.serviceUrl, act, call, signal)) as { readonly id?: unknown };
  return text(made.id, act);
}

interface Wanted {
  readonly isGroup: boolean;
  readonly channelData?: object;
  readonly members?: readonly object[];
  readonly activity?: Outgoing;
}

/** Of a thread, "not found" is about the message it hangs on. */
function belowNothing(error: unknown): never {
  const lost = error instanceof PlatformFailure && error.kind === 'unreachable' && /NotFound|http_404|http_410/.test(error.code);
  throw lost ? new PlatformFailure('gone', error.code) : error;
}

async function conversationWith(speaking: Speaking, service: KnownService, objectId: string, channel?: string, signal?: AbortSignal) {
  const { known } = speaking;
  const person = (await known.person(objectId)) ?? (await lookUp(speaking, service, objectId, channel, signal));
  if (person.conversation !== '') return person.conversation;
  const members = [{ id: person.id, name: person.name }];
  const conversation = await begin(speaking, service, 'change', { isGroup: false, members }, signal);
  await known.keepPerson(objectId, { ...person, conversation });
  return conversation;
}

/** Somebody not heard yet is on the list of a team we are in, or out of reach. */
async function lookUp(speaking: Speaking, service: KnownService, objectId: string, channel?: string, signal?: AbortSignal) {
  const { ask, known, channels } = speaking;
  for (const place of [...new Set([...(channel === undefined ? [] : [channel]), ...channels])]) {
    const { serviceUrl } = (await known.channel(place)) ?? service;
    try {
      const found = await ask(serviceUrl, 'read', (conversations) => conversations.getConversationMember(place, objectId), signal);
      const { id, name } = found as { readonly id?: unknown; readonly name?: unknown };
      const person: KnownPerson = { id: text(id, 'read'), name: typeof name === 'string' ? name : '', conversation: '' };
      await known.keepPerson(objectId, person);
      return person;
    } catch (error) {
      if (!(error instanceof PlatformFailure) || error.kind !== 'unreachable') throw error;
    }
  }
  // On the list of no team of ours: not there any more.
  throw new PlatformFailure('gone', 'person_unknown');
}

/** The service Teams was last heard from; before that Microsoft’s own. */
export async function serviceOf({ known, service }: Pick<Speaking, 'known' | 'service'>): Promise<KnownService> {
  const heard = await known.service();
  if (heard) return heard;
  if (service) return service;
  // A simulator says where it is when it first speaks.
  throw new PlatformFailure('later', 'service_unknown');
}

/** The channel, and the root of the thread below which something stands; undefined for the channel itself. */
function placeOf(place: Place): readonly [channel: string, root: string | undefined] {
  const channel = readChannel(place.channel);
  if (channel === undefined) throw new PlatformFailure('never', 'foreign_channel');
  if (place.under === undefined) return [channel, undefined];
  const thread = readThread(readMessage(place.under)?.conversation ?? '');
  if (thread?.channel !== channel) throw new PlatformFailure('never', 'foreign_message');
  return [channel, thread.root];
}

function teamsPerson(person: PersonId): string {
  const id = readPerson(person);
  if (id === undefined) throw new PlatformFailure('never', 'foreign_person');
  return id;
}
