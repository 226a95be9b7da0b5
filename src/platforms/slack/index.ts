import type { IncomingMessage, ServerResponse } from 'node:http';
import { App, type HTTPReceiver } from '@slack/bolt';
import type { Card } from '../../chat/card.js';
import type { Ears } from '../../chat/interaction.js';
import { type Pace, type Place, type Platform, PlatformFailure } from '../../chat/platform.js';
import type { PersonId } from '../../chat/text.js';
import type { Log } from '../log.js';
import { type Call, slackCaller, text } from './client.js';
import { channelObstacles, type Identity, identify } from './doctor.js';
import { fileTransfer } from './files.js';
import { type Hearing, listen } from './hear.js';
import { type SlackHome, slackHome } from './home.js';
import { libraryLogger } from './log.js';
import { findMarked, markedAs } from './mark.js';
import { displayName, nameBook } from './names.js';
import { answer, handleRequest, httpReceiver, superviseAnswers } from './receive.js';
import { messageId, readChannel, readMessage, readPerson, type SlackMessageRef } from './refs.js';
import { renderCard } from './render.js';
import { type SocketConnection, socketConnection } from './socket.js';
import { asSent, direct, type Tell, whisperer } from './whisper.js';

export interface SlackSettings {
  readonly botToken: string;
  /** Needed without `appToken`: requests come over HTTP and are signed with it. */
  readonly signingSecret?: string;
  /** Socket Mode: Slack's requests come over a connection we open. */
  readonly appToken?: string;
  /** Slack's own by default. */
  readonly apiUrl?: string;
  /** For each call; 8,000 by default. */
  readonly timeoutMs?: number;
  /** How long our own answer to an interaction may take; 2,500 by default, because Slack shows an error after 3 s. */
  readonly answerWithinMs?: number;
  readonly log: Log;
  /** What a person sees when the program failed or did not answer in time, in their language. */
  readonly trouble: (person: PersonId) => Card;
  /** The same in one sentence, under the first field of a form that stays open. */
  readonly troubleText: (person: PersonId) => string;
  /** Somebody opened the app's Home; what it shows is shown by `home.show`. */
  readonly homeOpened?: (person: PersonId) => Promise<void>;
  readonly now?: () => Date;
}

export interface SlackPlatform extends Platform {
  readonly home: SlackHome;
  /** For the shared HTTP server: `POST /slack/events`, with the body unread. Answers 404 in Socket Mode. */
  handle(req: IncomingMessage, res: ServerResponse): void;
}

const TIMEOUT_MS = 8_000;
const ANSWER_WITHIN_MS = 2_500;
/** Slack takes about one new message per second and channel. */
const POST_GAP_MS = 1_000;

/** Slack, over Bolt. Nothing is connected or asked before `start`; Slack being away never throws from here. */
export function slackPlatform(settings: SlackSettings): SlackPlatform {
  const { log } = settings;
  const now = settings.now ?? (() => new Date());
  const timeoutMs = settings.timeoutMs ?? TIMEOUT_MS;
  const call = slackCaller({ token: settings.botToken, apiUrl: settings.apiUrl, timeoutMs });
  const tell = whisperer(call);
  const door = newDoor(settings, timeoutMs);
  const app = newApp(settings, door.receiver);
  const work = superviseAnswers(app, log);
  let ears: Ears | undefined;
  let stopped = false;
  const hearing: Hearing = {
    ...{ call, tell, log, timeoutMs, now, trouble: settings.trouble, troubleText: settings.troubleText },
    homeOpened: settings.homeOpened ?? (async () => {}),
    answerWithinMs: settings.answerWithinMs ?? ANSWER_WITHIN_MS,
    namesOf: nameBook(call),
    ears: () => {
      if (ears === undefined) throw new Error('not started');
      return ears;
    },
  };
  listen(app, hearing);
  return {
    name: 'slack',
    command: '/lead',
    ...messages(call, tell),
    ...fileTransfer({ call, token: settings.botToken, apiUrl: settings.apiUrl, timeoutMs }),
    pace,
    home: slackHome(call),
    async start(heard) {
      ears = heard;
      await door.socket?.open(timeoutMs);
    },
    async stop() {
      stopped = true;
      await work.idle();
      await door.socket?.close();
    },
    async check() {
      if (door.socket && !door.socket.connected()) throw new PlatformFailure('later', 'socket_closed');
      const { bot, workspace } = await identify(call);
      return { bot, workspace };
    },
    checkChannel: (channel) => channelObstacles(call, slackChannel(channel)),
    handle(req, res) {
      if (door.http === undefined) answer(res, 404);
      else if (stopped || ears === undefined) answer(res, 503);
      else handleRequest(door.http, req, res, now());
    },
  };
}

/** The half of the contract that speaks. */
function messages(call: Call, tell: Tell): Pick<Platform, 'post' | 'update' | 'find' | 'whisper' | 'linkTo' | 'nameOf'> {
  let identity: Identity | undefined;
  const channelOf = async (place: Place, signal?: AbortSignal) => {
    const user = readPerson(place.channel);
    return user === undefined ? slackChannel(place.channel) : direct(call, user, signal);
  };
  return {
    async post(place, card, mark, signal) {
      const sent = { ...asSent(renderCard(card)), metadata: markedAs(mark), unfurl_links: false, unfurl_media: false };
      const thread = threadOf(place);
      const where = {
        channel: await channelOf(place, signal),
        ...(thread && { thread_ts: thread, ...(place.aloud && { reply_broadcast: true }) }),
      };
      const posted = await call('chat.postMessage', { ...where, ...sent }, 'post', signal);
      return messageId({ channel: text(posted.channel, 'post'), ts: text(posted.ts, 'post') });
    },
    async update(message, card, signal) {
      const ref = readMessage(message);
      if (ref === undefined) throw new PlatformFailure('never', 'foreign_message');
      await call('chat.update', { ...ref, ...asSent(renderCard(card)) }, 'change', signal);
    },
    async find(place, mark, since, signal) {
      identity ??= await identify(call, signal);
      const wanted = { channel: await channelOf(place, signal), thread: threadOf(place), mark, since, identity };
      const ref = await findMarked(call, wanted, signal);
      return ref && messageId(ref);
    },
    async whisper(person, place, card, signal) {
      const where = { channel: place && readChannel(place.channel), thread: place && threadOf(place) };
      await tell({ user: slackUser(person), ...where }, card, signal);
    },
    async linkTo(message, signal) {
      const ref = readMessage(message);
      if (ref === undefined) return null;
      identity ??= await identify(call, signal).catch(() => undefined);
      return identity?.url === undefined ? null : permalink(identity.url, ref);
    },
    async nameOf(person) {
      return displayName(call, slackUser(person));
    },
  };
}

/** A message's address, as Slack's own clients copy it. */
function permalink(workspace: string, { channel, ts }: SlackMessageRef): string | null {
  const path = `archives/${channel}/p${ts.replace('.', '')}`;
  return URL.canParse(path, workspace) ? new URL(path, workspace).href : null;
}

function pace(act: 'post' | 'update' | 'whisper' | 'find', channel: string | undefined): Pace {
  const lane = `slack:${act}:${(channel && (readChannel(channel) ?? readPerson(channel))) ?? 'direct'}`;
  switch (act) {
    case 'post':
      return { lane, gapMs: POST_GAP_MS, budget: 'slack:chat.postMessage', refusalStops: 'lane' };
    case 'update':
      return { lane, gapMs: 0, budget: 'slack:chat.update', refusalStops: 'budget' };
    case 'whisper':
      return { lane, gapMs: 0, budget: 'slack:chat.postEphemeral', refusalStops: 'budget' };
    case 'find':
      return { lane, gapMs: 0, budget: 'slack:conversations.history', refusalStops: 'budget' };
  }
}

/** Where Slack's requests come in: our HTTP server, or a socket we open. */
function newDoor(settings: SlackSettings, timeoutMs: number): Door {
  const { appToken, apiUrl, signingSecret, log } = settings;
  if (appToken !== undefined) {
    const socket = socketConnection({ appToken, apiUrl, timeoutMs }, log);
    return { receiver: socket.receiver, socket };
  }
  if (!signingSecret) throw new Error('Slack needs a signing secret (HTTP) or an app token (Socket Mode)');
  const http = httpReceiver(signingSecret, log);
  return { receiver: http, http };
}

interface Door {
  readonly receiver: HTTPReceiver | SocketConnection['receiver'];
  readonly http?: HTTPReceiver;
  readonly socket?: SocketConnection;
}

function newApp(settings: SlackSettings, receiver: Door['receiver']): App {
  return new App({
    receiver,
    // Given a token instead, Bolt asks Slack who it is at once, and the process dies when Slack is away.
    authorize: async () => ({ botToken: settings.botToken }),
    convoStore: false,
    ignoreSelf: false,
    logger: libraryLogger(settings.log),
  });
}

function slackChannel(channel: string): string {
  const id = readChannel(channel);
  if (id === undefined) throw new PlatformFailure('never', 'foreign_channel');
  return id;
}

/** The message below which something stands; undefined for the channel itself. */
function threadOf(place: Place): string | undefined {
  if (place.under === undefined) return undefined;
  const ref = readMessage(place.under);
  if (ref === undefined || ref.channel !== readChannel(place.channel)) throw new PlatformFailure('never', 'foreign_message');
  return ref.ts;
}

function slackUser(person: PersonId): string {
  const id = readPerson(person);
  if (id === undefined) throw new PlatformFailure('never', 'foreign_person');
  return id;
}
