import type { IncomingMessage, ServerResponse } from 'node:http';
import { Application, type TurnState } from '@microsoft/teams-ai';
import type { Card } from '../../chat/card.js';
import type { Ears } from '../../chat/interaction.js';
import { type Pace, type Platform, PlatformFailure } from '../../chat/platform.js';
import type { ChannelId, PersonId } from '../../chat/text.js';
import { errorName, type Log } from '../log.js';
import type { Heard } from './activity.js';
import { connectorCaller } from './connector.js';
import { channelObstacles } from './doctor.js';
import { fileTransfer } from './files.js';
import { gate } from './gate.js';
import { graphReader, PUBLIC_GRAPH } from './graph.js';
import { listen } from './hear.js';
import { type TeamsHome, teamsHome } from './home.js';
import { type Known, type KnownService, knownThings, type Memory } from './memory.js';
import { answer, receive } from './receive.js';
import { personId, readChannel, readPerson } from './refs.js';
import { channelSearch, type Search } from './search.js';
import { isTrusted, PUBLIC_SERVICE } from './service.js';
import { serviceOf, speaker } from './speak.js';
import { type Registration, tokenSource } from './token.js';

export interface TeamsSettings {
  /** Undefined where nobody proves who they are: a simulator on this machine, and nothing else. */
  readonly registration?: Registration;
  /** In place of `https://login.microsoftonline.com`. */
  readonly loginUrl?: string;
  /** In place of `https://login.botframework.com/v1/.well-known/openidconfiguration`. */
  readonly openIdUrl?: string;
  /** In place of Microsoft's service: a simulator, the only one believed then. */
  readonly serviceUrl?: string;
  /** In place of `https://graph.microsoft.com`; where the login is a simulator's and this is not named, nothing is looked for. */
  readonly graphUrl?: string;
  /** Where people's browsers reach this program, without a trailing slash; without it photos are described in words. */
  readonly publicUrl?: () => string;
  /** Puts a picture below the public address, where nobody guesses it. @returns its address, or the path of it */
  readonly share?: (name: string, picture: Buffer) => Promise<string>;
  /** What must be known again after a restart, shared by every process. */
  readonly memory: Memory;
  /** The channels configuration lists; people are looked up there. */
  readonly channels: readonly ChannelId[];
  /** For each call; 8,000 by default. */
  readonly timeoutMs?: number;
  /** How long our own answer to an interaction may take; 2,500 by default: people wait 5 s, and the way is long. */
  readonly answerWithinMs?: number;
  readonly log: Log;
  /** What a person sees when the program failed or did not answer in time, in their language. */
  readonly trouble: (person: PersonId) => Card;
  /** The same in one sentence, under the first field of a form that stays open. */
  readonly troubleText: (person: PersonId) => string;
  /** One sentence for under a field that must not be empty. */
  readonly requiredText: (person: PersonId) => string;
  /** One or two words for who pressed something that has nothing else to say. */
  readonly doneText: (person: PersonId) => string;
  /** The bot was installed for somebody: what their conversation with it shows is shown by `home.show`. */
  readonly homeOpened?: (person: PersonId) => Promise<void>;
  readonly now?: () => Date;
}

export interface TeamsPlatform extends Platform {
  readonly home: TeamsHome;
  /** For the shared HTTP server: `POST /api/messages`, with the body unread. */
  handle(req: IncomingMessage, res: ServerResponse): void;
}

const TIMEOUT_MS = 8_000;
const ANSWER_WITHIN_MS = 2_500;

/** Microsoft Teams, over botbuilder and the Teams AI library. Nothing is asked before `start`; Teams being away never throws from here. */
export function teamsPlatform(settings: TeamsSettings): TeamsPlatform {
  const { log, registration, serviceUrl, publicUrl } = settings;
  const timeoutMs = settings.timeoutMs ?? TIMEOUT_MS;
  const trust = { anonymous: registration === undefined, serviceUrl };
  const tokens = registration && tokenSource(registration, settings.loginUrl, timeoutMs);
  const known = knownThings(settings.memory, (address) => isTrusted(address, trust));
  const ask = connectorCaller({ ...trust, tokens, timeoutMs });
  const speaking = {
    ...{ ask, known, publicUrl, tenantId: registration?.tenantId, service: firstService(settings) },
    search: searchOf(settings, known, timeoutMs),
    channels: settings.channels.flatMap((channel) => readChannel(channel) ?? []),
  };
  const { tell, postTo, change, ...spoken } = speaker(speaking);
  const work = pending(log);
  let ears: Ears | undefined;
  let stopped = false;
  const app = new Application<TurnState>({ startTypingTimer: false, removeRecipientMention: false, longRunningMessages: false });
  listen(app, {
    ...{ known, tell, log, publicUrl, later: work.later },
    ...{ trouble: settings.trouble, troubleText: settings.troubleText, requiredText: settings.requiredText },
    doneText: settings.doneText,
    now: settings.now ?? (() => new Date()),
    answerWithinMs: settings.answerWithinMs ?? ANSWER_WITHIN_MS,
    ears: () => {
      if (ears === undefined) throw new Error('not started');
      return ears;
    },
  });
  const door = gate({ ...trust, registration, openIdUrl: settings.openIdUrl });
  const receiving = {
    ...{ gate: door, log, timeoutMs },
    admitted: (heard: Heard) =>
      work.later(async () => {
        await known.learn(heard);
        const { installed, personal, from } = heard;
        if (installed && personal && from.objectId !== '') await settings.homeOpened?.(personId(from.objectId));
      }),
    run: (activity: object) =>
      door.pass(activity, async (context) => {
        await app.run(context);
      }),
  };
  return {
    name: 'teams',
    command: 'lead',
    home: teamsHome({ postTo, change }, speaking),
    ...spoken,
    ...fileTransfer({ ...trust, known, tokens, timeoutMs, publicUrl, share: settings.share }),
    pace,
    async start(heard) {
      ears = heard;
    },
    async stop() {
      stopped = true;
      await work.idle();
    },
    async check() {
      await tokens?.get();
      const [first] = speaking.channels;
      const service = await known.service();
      const asked = service ?? speaking.service;
      // What it answers about that channel is not the question here. A simulator that has not said yet where it is, is not away.
      if (first !== undefined && asked) await channelObstacles(ask, known, asked, first);
      return { bot: registration?.appId ?? service?.bot ?? 'anonymous', workspace: registration?.tenantId ?? 'anonymous' };
    },
    async checkChannel(channel) {
      const id = readChannel(channel);
      if (id === undefined) throw new PlatformFailure('never', 'foreign_channel');
      return channelObstacles(ask, known, await serviceOf(speaking), id);
    },
    handle(req, res) {
      if (stopped || ears === undefined) answer(res, 503);
      else work.track(receive(receiving, req, res));
    },
  };
}

function searchOf(settings: TeamsSettings, known: Known, timeoutMs: number): Search | undefined {
  const { registration, loginUrl, log, now = () => new Date() } = settings;
  const graphUrl = settings.graphUrl ?? (loginUrl === undefined ? PUBLIC_GRAPH : undefined);
  if (registration === undefined || graphUrl === undefined) return undefined;
  const graph = graphReader(graphUrl, tokenSource(registration, loginUrl, timeoutMs, 'graph'));
  return channelSearch({ graph, known, log, now, timeoutMs, appId: registration.appId });
}

/** Where to speak before anything was heard. */
function firstService({ registration, serviceUrl }: TeamsSettings): KnownService | undefined {
  return registration && { serviceUrl: serviceUrl ?? PUBLIC_SERVICE, bot: `28:${registration.appId}` };
}

/** Teams takes seven new messages a second in one thread, and two a second for long; updates go to threads of their own. */
const POST_GAP_MS = 500;
const OTHER_GAP_MS = 150;

function pace(act: 'post' | 'update' | 'whisper' | 'find', channel: ChannelId | undefined): Pace {
  const lane = `teams:${act}:${(channel && (readChannel(channel) ?? readPerson(channel))) ?? 'direct'}`;
  return { lane, gapMs: act === 'post' ? POST_GAP_MS : OTHER_GAP_MS, budget: `teams:${act}`, refusalStops: 'lane' };
}

/** What is being done, so that stopping can wait for it. */
function pending(log: Log) {
  const running = new Set<Promise<void>>();
  const track = (work: Promise<void>) => {
    running.add(work);
    void work.finally(() => running.delete(work));
  };
  return {
    track,
    later: (work: () => Promise<void>) =>
      track(work().catch((error) => log('error', 'something after an answer failed', { error: errorName(error) }))),
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
