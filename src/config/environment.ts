import { isIP } from 'node:net';
import { z } from 'zod';
import type { Config, ConfigProblem, Given, SlackCredentials, TeamsCredentials, TeamsEndpoints } from '../config.js';
import { didYouMean } from '../language/nearest.js';
import { readWord } from './fields.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
const DEMOS = ['filled', 'empty'] as const;

type Settings = Pick<Config, 'host' | 'port' | 'databaseUrl' | 'dataDir' | 'publicUrl' | 'logLevel' | 'demo' | 'slack' | 'teams'>;

const SLACK_NAMES = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN'] as const;
const TEAMS_NAMES = ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'] as const;

/** In place of Microsoft's services: a simulator's. */
const TEAMS_PLACES = ['TEAMS_LOGIN_URL', 'TEAMS_OPENID_URL', 'TEAMS_SERVICE_URL'] as const;

/** Reads the environment; `mode` is known whatever the problems, so that the file can be checked in the same run. */
export function readEnvironment(given: Given): {
  readonly mode: Config['mode'];
  readonly settings: Settings | null;
  readonly problems: readonly ConfigProblem[];
} {
  const withCredentials = [...SLACK_NAMES, ...TEAMS_NAMES].some((name) => given.has(name));
  const mode = withCredentials || given.get('TEAMS_ALLOW_ANONYMOUS') === '1' ? 'live' : 'sandbox';
  const host = given.get('HOST') ?? (withCredentials ? '0.0.0.0' : '127.0.0.1');
  const read = VARIABLES.safeParse(Object.fromEntries(given));
  const faults = read.success ? [] : read.error.issues.map((issue) => problem(String(issue.path[0]), issue.message));
  const problems = [...faults, ...slackProblems(given), ...teamsProblems(given, host), ...sandboxProblems(mode, host)];
  if (!read.success || problems.length > 0) return { mode, settings: null, problems };
  const { PORT, DATABASE_URL, FORECOURT_DATA, PUBLIC_URL, LOG_LEVEL, FORECOURT_DEMO, SLACK_API_URL } = read.data;
  const { TEAMS_LOGIN_URL, TEAMS_OPENID_URL, TEAMS_SERVICE_URL, TEAMS_GRAPH_URL } = read.data;
  const settings: Settings = {
    host,
    port: PORT,
    databaseUrl: DATABASE_URL ?? null,
    dataDir: FORECOURT_DATA,
    publicUrl: PUBLIC_URL ?? null,
    logLevel: LOG_LEVEL,
    demo: FORECOURT_DEMO,
    slack: slackCredentials(given, SLACK_API_URL ?? null),
    teams: teamsCredentials(given, endpointsOf(TEAMS_GRAPH_URL ?? null, TEAMS_LOGIN_URL, TEAMS_OPENID_URL, TEAMS_SERVICE_URL)),
  };
  return { mode, settings, problems: [] };
}

const VARIABLES = z.object({
  PORT: readWord('Write a number from 0 to 65535, for example 3000.', (text) =>
    /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? { value: Number(text) } : { fault: 'is not a port.' },
  ).default(3000),
  HOST: readWord('Write an address of this machine, for example 127.0.0.1.', (text) =>
    isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) ? { value: text } : { fault: 'is not an address.' },
  ).optional(),
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:$/.test(urlOf(text)?.protocol ?? ''), {
      error: 'This is not the address of a PostgreSQL database. Write postgresql://user:password@host:5432/database.',
    })
    .optional(),
  FORECOURT_DATA: z.string().default('./data'),
  PUBLIC_URL: webAddress('Write the address people open, for example https://leads.example.org.')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  LOG_LEVEL: readWord(`Write one of ${LOG_LEVELS.join(', ')}.`, (text) => {
    const value = LOG_LEVELS.find((level) => level === text.toLowerCase());
    return value ? { value } : { fault: `is not a level.${didYouMean(text, LOG_LEVELS)}` };
  }).default('info'),
  FORECOURT_DEMO: readWord(`Write one of ${DEMOS.join(', ')}.`, (text) => {
    const value = DEMOS.find((demo) => demo === text.toLowerCase());
    return value ? { value } : { fault: `is not a choice.${didYouMean(text, DEMOS)}` };
  }).default('filled'),
  SLACK_API_URL: webAddress("Write the address of a Slack Web API, ending with /api/, or leave it out for Slack's own.")
    .transform((url) => (url.endsWith('/') ? url : `${url}/`))
    .optional(),
  TEAMS_LOGIN_URL: place('Write the address that stands for https://login.microsoftonline.com.')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  TEAMS_OPENID_URL: place('Write the address of the OpenID metadata whose keys sign activities.').optional(),
  TEAMS_SERVICE_URL: place('Write the address of the Bot Connector.')
    .transform((url) => (url.endsWith('/') ? url : `${url}/`))
    .optional(),
  TEAMS_GRAPH_URL: place('Write the address that stands for https://graph.microsoft.com.')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  TEAMS_ALLOW_ANONYMOUS: readWord('Write 1, or leave it out.', (text) =>
    text === '0' || text === '1' ? { value: text } : { fault: 'is not a choice.' },
  ).optional(),
});

/** Secrets go there, so in the open only on this machine. */
function place(instead: string) {
  return webAddress(instead).refine((text) => urlOf(text)?.protocol === 'https:' || isLoopback(urlOf(text)?.hostname ?? ''), {
    error: `This is neither https nor on this machine. ${instead}`,
  });
}

function webAddress(instead: string) {
  return z.string().refine(
    (text) => {
      const url = urlOf(text);
      return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '' && url.hash === '';
    },
    { error: `This is not a plain http or https address. ${instead}` },
  );
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function slackProblems(given: Given): ConfigProblem[] {
  const [bot, secret, app] = SLACK_NAMES.map((name) => given.get(name));
  const problems: ConfigProblem[] = [];
  if (bot === undefined && (secret !== undefined || app !== undefined)) {
    const present = secret === undefined ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET';
    problems.push(problem('SLACK_BOT_TOKEN', `Missing, though ${present} is set. Write the bot token, which begins with xoxb-.`));
  }
  if (bot !== undefined && secret === undefined && app === undefined) {
    problems.push(
      problem(
        'SLACK_SIGNING_SECRET',
        'Missing. With SLACK_BOT_TOKEN, set SLACK_SIGNING_SECRET (requests over HTTP) or SLACK_APP_TOKEN (Socket Mode).',
      ),
    );
  }
  if (bot?.startsWith('xapp-'))
    problems.push(problem('SLACK_BOT_TOKEN', 'This is an app token. Write the bot token, which begins with xoxb-.'));
  if (app?.startsWith('xoxb-'))
    problems.push(problem('SLACK_APP_TOKEN', 'This is a bot token. Write the app token, which begins with xapp-.'));
  return problems;
}

function slackCredentials(given: Given, apiUrl: string | null): SlackCredentials | null {
  const botToken = given.get('SLACK_BOT_TOKEN');
  if (botToken === undefined) return null;
  return {
    botToken,
    signingSecret: given.get('SLACK_SIGNING_SECRET') ?? null,
    appToken: given.get('SLACK_APP_TOKEN') ?? null,
    apiUrl,
  };
}

function teamsProblems(given: Given, host: string): ConfigProblem[] {
  const missing = TEAMS_NAMES.filter((name) => !given.has(name));
  const anonymous = given.get('TEAMS_ALLOW_ANONYMOUS') === '1';
  if (anonymous && missing.length < TEAMS_NAMES.length) {
    return [
      problem(
        'TEAMS_ALLOW_ANONYMOUS',
        `Anonymous Teams and Teams credentials exclude each other. Remove this, or ${TEAMS_NAMES.join(', ')}.`,
      ),
    ];
  }
  if (anonymous && !isLoopback(host)) {
    return [
      problem(
        'TEAMS_ALLOW_ANONYMOUS',
        'Only for a simulator on this machine. Set HOST=127.0.0.1, or remove this and set the Teams credentials.',
      ),
    ];
  }
  const away = TEAMS_PLACES.filter((name) => !given.has(name));
  if (away.length > 0 && away.length < TEAMS_PLACES.length)
    return away.map((name) => problem(name, `Missing. A simulator of Teams needs ${TEAMS_PLACES.join(', ')} together.`));
  if (away.length > 0 && given.has('TEAMS_GRAPH_URL'))
    return [problem('TEAMS_GRAPH_URL', `Only for a simulator of Teams. Remove this, or set ${TEAMS_PLACES.join(', ')} too.`)];
  if (missing.length === 0 || missing.length === TEAMS_NAMES.length) return [];
  return missing.map((name) => problem(name, `Missing. Teams needs ${TEAMS_NAMES.join(', ')} together.`));
}

function endpointsOf(graphUrl: string | null, loginUrl?: string, openIdUrl?: string, serviceUrl?: string): TeamsEndpoints | null {
  if (loginUrl === undefined || openIdUrl === undefined || serviceUrl === undefined) return null;
  return { loginUrl, openIdUrl, serviceUrl, graphUrl };
}

function teamsCredentials(given: Given, endpoints: TeamsEndpoints | null): TeamsCredentials | null {
  if (given.get('TEAMS_ALLOW_ANONYMOUS') === '1') return { kind: 'anonymous' };
  const [appId, appPassword, tenantId] = TEAMS_NAMES.map((name) => given.get(name));
  if (appId === undefined || appPassword === undefined || tenantId === undefined) return null;
  return { kind: 'registered', appId, appPassword, tenantId, endpoints };
}

function sandboxProblems(mode: Config['mode'], host: string): ConfigProblem[] {
  if (mode === 'live' || isLoopback(host)) return [];
  return [
    problem(
      'HOST',
      'Without Slack or Teams credentials only the sandbox opens, for this machine alone. Write 127.0.0.1, or set the credentials.',
    ),
  ];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function problem(path: string, message: string): ConfigProblem {
  return { path, line: null, message };
}
