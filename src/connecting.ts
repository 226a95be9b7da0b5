import { sentence } from './chat/card.js';
import type { Platform } from './chat/platform.js';
import type { PersonId } from './chat/text.js';
import type { Config } from './config.js';
import type { Mount } from './http.js';
import type { Language } from './language/locale.js';
import { deskWords } from './leads/messages.js';
import type { Logger } from './observe.js';
import { slackPlatform } from './platforms/slack/index.js';
import type { HomePages } from './posting/home.js';
import type { Kept } from './store/kept.js';

/** What a platform is given by the program around it. */
export interface Surroundings {
  readonly config: Config;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly languageOf: (account: PersonId) => Language;
  /** Somebody looks at their own page, or begins a conversation in which it stands. */
  readonly homeOpened: (account: PersonId) => Promise<void>;
  /** Where people's browsers reach this program, once it listens; null where they do not. */
  readonly address: (() => string) | null;
  readonly kept: Kept;
  /** Puts a picture where people's browsers reach it, at an address nobody guesses; null where there is none. @returns the address, or its path */
  readonly share: ((name: string, picture: Buffer) => Promise<string>) | null;
}

/** A platform, and where its requests come in. */
export interface Connected {
  readonly platform: Platform;
  readonly mount: Mount;
  /** Everybody's own page, where the platform has such pages. */
  readonly pages?: HomePages;
}

/** Every platform there are credentials for. Nothing is asked of any of them yet. */
export async function connectPlatforms(surroundings: Surroundings): Promise<readonly Connected[]> {
  const { config } = surroundings;
  return [
    ...(config.slack ? [connectSlack(config.slack, surroundings)] : []),
    ...(config.teams ? [await connectTeams(config.teams, surroundings)] : []),
  ];
}

function connectSlack(slack: NonNullable<Config['slack']>, surroundings: Surroundings): Connected {
  const platform = slackPlatform({
    botToken: slack.botToken,
    ...(slack.signingSecret !== null && { signingSecret: slack.signingSecret }),
    ...(slack.appToken !== null && { appToken: slack.appToken }),
    ...(slack.apiUrl !== null && { apiUrl: slack.apiUrl }),
    homeOpened: surroundings.homeOpened,
    ...common(surroundings),
  });
  return { platform, mount: mountAt('/slack/events', platform), pages: platform.home };
}

/** The libraries for Teams take a second to load and seventy megabytes: only where they are needed. */
async function connectTeams(teams: NonNullable<Config['teams']>, surroundings: Surroundings): Promise<Connected> {
  const { teamsPlatform } = await import('./platforms/teams/index.js');
  const { config, address, kept, share, languageOf } = surroundings;
  const { appId, appPassword, tenantId, endpoints } = teams.kind === 'registered' ? teams : NOBODY;
  const { loginUrl, openIdUrl, serviceUrl, graphUrl } = endpoints ?? {};
  const channels = config.dealerships.flatMap(({ channels: { leads, appraisals, managers } }) => [...leads, appraisals, managers]);
  const platform = teamsPlatform({
    ...(appId !== null && { registration: { appId, appPassword, tenantId } }),
    ...(loginUrl !== undefined && { loginUrl }),
    ...(openIdUrl !== undefined && { openIdUrl }),
    ...(serviceUrl !== undefined && { serviceUrl }),
    ...(graphUrl != null && { graphUrl }),
    ...(address && { publicUrl: address }),
    ...(share && { share }),
    memory: kept,
    channels: [...new Set(channels.filter((channel) => channel !== null))],
    homeOpened: surroundings.homeOpened,
    ...common(surroundings),
    requiredText: (person) => deskWords[languageOf(person)].required,
    doneText: (person) => deskWords[languageOf(person)].done,
  });
  return { platform, mount: mountAt('/api/messages', platform), pages: platform.home };
}

const NOBODY = { appId: null, appPassword: '', tenantId: '', endpoints: null } as const;

function common({ logger, languageOf, now }: Surroundings) {
  return {
    log: (level: 'info' | 'warn' | 'error', message: string, fields: object) => logger[level]({ ...fields }, message),
    trouble: (person: PersonId) => sentence(deskWords[languageOf(person)].busy),
    troubleText: (person: PersonId) => deskWords[languageOf(person)].busy,
    now,
  };
}

function mountAt(at: string, platform: { handle: Mount['handle'] }): Mount {
  return { takes: (path) => path === at, handle: (request, response) => platform.handle(request, response) };
}
