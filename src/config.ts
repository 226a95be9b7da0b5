import { readFileSync } from 'node:fs';
import type { FileContent } from './config/content.js';
import { type LogLevel, readEnvironment } from './config/environment.js';
import { parseConfigFile } from './config/file.js';
import type { Dealership } from './dealership/dealership.js';
import type { Person } from './dealership/people.js';
import type { Language } from './language/locale.js';

/** Everything Forecourt is told before it starts: the environment and `forecourt.yaml`, read once and checked. */
export interface Config {
  /** `sandbox` when there are no Slack and no Teams credentials: a demonstration for this machine alone. */
  readonly mode: 'sandbox' | 'live';
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** PostgreSQL; null means the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** Where people's browsers reach this process, without a trailing slash. */
  readonly publicUrl: string | null;
  readonly logLevel: LogLevel;
  /** Whether the demonstration begins with a past, or with nothing. */
  readonly demo: 'filled' | 'empty';
  readonly group: GroupSettings;
  readonly dealerships: readonly Dealership[];
  readonly people: readonly Person[];
  readonly sources: readonly Source[];
  readonly slack: SlackCredentials | null;
  readonly teams: TeamsCredentials | null;
  /** The file that was read; null when it is the demonstration. */
  readonly configFile: string | null;
}

/** One company running the software; what its dealerships inherit unless they say otherwise. */
export interface GroupSettings {
  readonly name: string;
  readonly language: Language;
  /** ISO 4217. */
  readonly currency: string;
  /** ISO 3166 alpha-2. */
  readonly country: string;
}

/** Where leads come from, posted to `/intake/<id>`. Either `tokens` or `secrets` is filled, never both. */
export interface Source {
  readonly id: string;
  readonly name: string;
  /** Bearer tokens, any of which opens the door; several while one replaces another. Compare in constant time. */
  readonly tokens: readonly string[];
  /** Standard Webhooks secrets as written: `whsec_` and base64, or plain text whose bytes are the key. */
  readonly secrets: readonly string[];
  /** The dealership of all its leads; null when each lead says. */
  readonly dealership: string | null;
  /** Where a browser goes after its form was received. */
  readonly thanksUrl: string | null;
  /** The sender's field name to ours: `{ nom: 'customer.name' }`. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Requests accepted per second on average, and at once; null is without limit. */
  readonly rate: { readonly perSecond: number; readonly burst: number } | null;
}

/** At least one of `signingSecret` (HTTP) and `appToken` (Socket Mode) is there. */
export interface SlackCredentials {
  readonly botToken: string;
  readonly signingSecret: string | null;
  readonly appToken: string | null;
  /** Ends with a slash; null is Slack's own. */
  readonly apiUrl: string | null;
}

export type TeamsCredentials =
  | {
      readonly kind: 'registered';
      readonly appId: string;
      readonly appPassword: string;
      readonly tenantId: string;
      /** Null: Microsoft's own. */
      readonly endpoints: TeamsEndpoints | null;
    }
  /** Nobody is authenticated: for a simulator on this machine. Only ever with a loopback host. */
  | { readonly kind: 'anonymous' };

/** In place of Microsoft's services: the sandbox's, which are on this machine. */
export interface TeamsEndpoints {
  /** For `https://login.microsoftonline.com`; no slash at the end: `<loginUrl>/<tenant>/oauth2/v2.0/token`. */
  readonly loginUrl: string;
  /** The metadata that names the keys activities are signed with. */
  readonly openIdUrl: string;
  /** The Bot Connector, before any activity named it; with a slash at the end. */
  readonly serviceUrl: string;
  /** For `https://graph.microsoft.com`; no slash at the end: `<graphUrl>/v1.0/…`. Null: there is none. */
  readonly graphUrl: string | null;
}

/** One thing to correct before Forecourt can start. */
export interface ConfigProblem {
  /** `dealerships[0].hours.mon[1]`, the name of an environment variable, or the file's own path when it cannot be read at all. */
  readonly path: string;
  /** In the configuration file, from 1; null for the environment. */
  readonly line: number | null;
  /** What is wrong and what to write instead. Never contains a secret. */
  readonly message: string;
}

/** A configuration to use when the sandbox is started without one. */
export interface Demo {
  readonly yaml: string;
  /** Stands in for the `env:NAME`s of `yaml` that the environment leaves out. */
  readonly env: Readonly<Record<string, string>>;
}

interface Surroundings {
  /** The text of a file; throws as `fs.readFileSync` does. */
  readonly readFile: (path: string) => string;
  readonly demo?: Demo | undefined;
}

/** The environment, as `process.env` has it. */
type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_FILE = './forecourt.yaml';

/**
 * Reads and checks everything, or lists every problem at once. Pure but for `readFile`.
 *
 * The demonstration is used in sandbox mode only, when `FORECOURT_CONFIG` is not set and there is no `./forecourt.yaml`.
 */
export function readConfig(env: Environment, surroundings: Surroundings): { readonly ok: Config } | { readonly problems: ConfigProblem[] } {
  const given = withoutBlanks(env);
  const environment = readEnvironment(given);
  const file = openFile(given, environment.mode, surroundings);
  const problems = [...environment.problems, ...file.problems];
  if (problems.length > 0 || !environment.settings || !file.content) return { problems };
  return {
    ok: {
      mode: environment.mode,
      ...environment.settings,
      ...file.content,
      configFile: file.path,
    },
  };
}

/** `readConfig` over this process and its disk. */
export function loadConfig(demo?: Demo): ReturnType<typeof readConfig> {
  return readConfig(process.env, {
    readFile: (path) => readFileSync(path, 'utf8'),
    demo,
  });
}

/** The problems as an installer reads them, one a line. */
export function describeProblems(problems: readonly ConfigProblem[]): string {
  return problems.map(({ path, line, message }) => `${path}${line === null ? '' : ` (line ${line})`}: ${message}`).join('\n');
}

interface OpenedFile {
  readonly path: string | null;
  readonly content: FileContent | null;
  readonly problems: readonly ConfigProblem[];
}

function openFile(given: Given, mode: Config['mode'], { readFile, demo }: Surroundings): OpenedFile {
  const named = given.get('FORECOURT_CONFIG');
  const path = named ?? DEFAULT_FILE;
  try {
    return { path, ...parseConfigFile(path, readFile(path), given) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    if (code === 'ENOENT' && named === undefined && mode === 'sandbox' && demo) return openDemo(demo, given);
    return {
      path,
      content: null,
      problems: [
        {
          path: 'FORECOURT_CONFIG',
          line: null,
          message: unreadable(path, code, named !== undefined),
        },
      ],
    };
  }
}

function openDemo(demo: Demo, given: Given): OpenedFile {
  const filled = new Map([...Object.entries(demo.env), ...given]);
  return {
    path: null,
    ...parseConfigFile('the demonstration', demo.yaml, filled),
  };
}

function unreadable(path: string, code: string, named: boolean): string {
  if (code !== 'ENOENT') return `${path} cannot be read (${code}). Check that it is a file and that this account may read it.`;
  if (named) return `There is no file ${path}. Write the path of your forecourt.yaml here.`;
  return 'There is no ./forecourt.yaml. Create it, or write the path of the file in FORECOURT_CONFIG.';
}

/** The environment without what is empty, values trimmed. */
export type Given = ReadonlyMap<string, string>;

function withoutBlanks(env: Environment): Given {
  const entries = Object.entries(env).map(([name, value]) => [name, value?.trim() ?? ''] as const);
  return new Map(entries.filter(([, value]) => value !== ''));
}
