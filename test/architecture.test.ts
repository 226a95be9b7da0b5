import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/*
 * The house's import table. A room is a folder of src, a folder inside platforms or workflows, or one of the program's
 * own files. What is not allowed here is forbidden; a new room has to be given its line.
 */

const PARTS = [
  'charts',
  'chat',
  'dealership',
  'figures',
  'intake',
  'language',
  'leads',
  'platforms/*',
  'posting',
  'store',
  'web',
  'workflows',
  'workflows/*',
];

/** Room to rooms; `types:` allows `import type` alone. A room may always import itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  charts: [],
  chat: [],
  language: [],
  store: ['types:config.ts'],
  // What platforms share.
  platforms: ['chat'],
  'platforms/*': ['platforms', 'chat'],
  // How a message of ours comes to stand where it should, whatever it shows.
  posting: ['chat', 'store'],
  dealership: ['chat', 'language', 'store'],
  leads: ['chat', 'language', 'store', 'dealership', 'posting'],
  figures: ['chat', 'language', 'store', 'dealership', 'leads'],
  intake: ['leads', 'dealership', 'store'],
  // The contract every workflow keeps, and what workflows share.
  workflows: ['leads', 'dealership', 'figures', 'charts', 'posting', 'chat', 'language', 'store'],
  'workflows/*': ['workflows', 'leads', 'dealership', 'figures', 'charts', 'posting', 'chat', 'language', 'store'],
  web: ['leads', 'dealership', 'chat', 'language', 'store'],
  sandbox: ['types:config.ts', 'types:dealership'],
  config: ['types:config.ts', 'dealership', 'language'],

  'config.ts': ['config', 'types:dealership', 'types:language'],
  'observe.ts': [],
  'http.ts': ['intake'],
  'operations.ts': ['types:chat', 'types:observe.ts', 'types:store'],
  'desk.ts': ['chat', 'language', 'store', 'dealership', 'leads', 'workflows'],
  'homes.ts': ['chat', 'store', 'leads', 'posting', 'workflows', 'workflows/*', 'types:observe.ts'],
  'hearing.ts': ['chat', 'language', 'store', 'dealership', 'leads', 'workflows', 'types:observe.ts', 'types:homes.ts'],
  // The platforms there are, and what each is given.
  'connecting.ts': [
    'chat',
    'types:config.ts',
    'types:http.ts',
    'types:observe.ts',
    'language',
    'leads',
    'platforms/*',
    'types:posting',
    'types:store',
  ],
  // The program's own files know the parts and put them together; main.ts and the commands are imported by nobody.
  'house.ts': [...PARTS, 'connecting.ts', 'desk.ts', 'homes.ts', 'types:config.ts', 'types:observe.ts'],
  'working.ts': [...PARTS, 'types:house.ts', 'homes.ts'],
  'ticking.ts': [...PARTS, 'types:house.ts'],
  'app.ts': [
    ...PARTS,
    'hearing.ts',
    'house.ts',
    'http.ts',
    'operations.ts',
    'ticking.ts',
    'working.ts',
    'types:config.ts',
    'types:observe.ts',
  ],
  commands: [...PARTS, 'sandbox', 'config.ts', 'observe.ts'],
  'main.ts': ['app.ts', 'config.ts', 'observe.ts', 'sandbox'],
};

/** Single imports the table forbids, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'config/schema.ts → intake/sources/lead-shape.ts':
    "a source's aliases lead to the fields of a lead's JSON shape, which are listed where the shape is",
};

/** Which rooms or files may use a package. `*` within a name stands for the rest; a package not listed is at home anywhere. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  '@slack/*': ['platforms/slack'],
  botbuilder: ['platforms/teams'],
  'botframework-connector': ['platforms/teams'],
  '@microsoft/*': ['platforms/teams'],
  'pg-boss': ['store'],
  pg: ['store'],
  '@electric-sql/pglite': ['store'],
  'pglite-prisma-adapter': ['store'],
  '@prisma/*': ['store'],
  'node-cron': ['store'],
  echarts: ['charts'],
  '@resvg/resvg-js': ['charts', 'commands/package-teams'],
  fastify: ['http.ts', 'intake', 'operations.ts', 'web'],
  mailparser: ['intake/sources'],
  saxes: ['intake/sources'],
  '@fastify/busboy': ['intake/sources'],
  sharp: ['leads/photo-file.ts'],
  'libphonenumber-js': ['language', 'leads', 'config/fields.ts'],
  yaml: ['config'],
  pino: ['observe.ts'],
  'prom-client': ['observe.ts'],
  adaptivecards: ['sandbox/page'],
  preact: ['sandbox/page'],
  ws: ['sandbox/slack'],
};

/** Files above three hundred lines, each with its reason. */
const LONG: Readonly<Record<string, string>> = {};
const MOST_LINES = 300;

interface Import {
  readonly from: string;
  /** A path in src, or the name of a package. */
  readonly to: string;
  readonly own: boolean;
  readonly typeOnly: boolean;
}

const SRC = fileURLToPath(new URL('../src', import.meta.url));
const FILES = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative(SRC, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .filter((file) => !file.startsWith('store/generated/'))
  .sort();
const SOURCE = new Map(FILES.map((file) => [file, readFileSync(join(SRC, file), 'utf8')]));
const IMPORTS = FILES.flatMap((file) => importsOf(file, SOURCE.get(file) ?? ''));

describe('the architecture', () => {
  it('is looked at whole', () => {
    expect(FILES).toContain('chat/card.ts');
    expect(IMPORTS.length).toBeGreaterThan(FILES.length);
  });

  it('gives every room of src its line', () => {
    expect([...new Set(FILES.map(roomOf))].filter((room) => lineOf(room) === undefined)).toEqual([]);
  });

  it('lets a room import what its line allows, and nothing else', () => {
    const own = IMPORTS.filter((one) => one.own);
    expect(own.filter((one) => !allowed(one) && EXCEPTIONS[edge(one)] === undefined).map(edge)).toEqual([]);
  });

  it('keeps no exception nobody needs', () => {
    const forbidden = new Set(IMPORTS.filter((one) => one.own && !allowed(one)).map(edge));
    expect(Object.keys(EXCEPTIONS).filter((exception) => !forbidden.has(exception))).toEqual([]);
  });

  it('imports no file that is not there', () => {
    const there = (to: string) => SOURCE.has(to) || to.startsWith('store/generated/');
    expect(IMPORTS.filter((one) => one.own && !there(one.to)).map(edge)).toEqual([]);
  });

  it('keeps a package in its home', () => {
    const strays = IMPORTS.filter(({ from, to, own }) => {
      const homes = own ? undefined : homesOf(to);
      return homes !== undefined && !homes.some((home) => from === home || from.startsWith(`${home}/`));
    });
    expect(strays.map(edge)).toEqual([]);
  });

  it('runs on the packages a production installation has', () => {
    const { dependencies } = JSON.parse(readFileSync(join(SRC, '../package.json'), 'utf8')) as { dependencies: object };
    const outside = IMPORTS.filter(({ own, typeOnly, to }) => !own && !typeOnly && !to.startsWith('node:'));
    expect(outside.filter(({ to }) => !Object.hasOwn(dependencies, to)).map(edge)).toEqual([]);
  });

  it('reads the environment in config.ts alone', () => {
    const readers = [...SOURCE].filter(([, text]) => withoutComments(text).includes('process.env')).map(([file]) => file);
    expect(readers).toEqual(['config.ts']);
  });

  it('builds no SQL from text outside the job table, whose statements are fixed', () => {
    const unsafe = [...SOURCE].filter(([, text]) => /\$(query|execute)RawUnsafe|Prisma\.raw\(/.test(withoutComments(text)));
    expect(unsafe.map(([file]) => file)).toEqual(['store/jobs.ts']);
  });

  it(`has files of at most ${MOST_LINES} lines, or a reason`, () => {
    const long = [...SOURCE].filter(([, text]) => text.trimEnd().split('\n').length > MOST_LINES).map(([file]) => file);
    expect(long).toEqual(Object.keys(LONG).sort());
  });

  it('names neither a platform in a workflow nor a workflow in a platform', () => {
    const naming = (room: string, words: RegExp) =>
      [...SOURCE].filter(([file, text]) => file.startsWith(room) && words.test(withoutComments(text))).map(([file]) => file);
    expect(naming('workflows/', /\b(slack|teams):|['"`](slack|teams)['"`]/i)).toEqual([]);
    expect(naming('platforms/', /['"`](claim|status|sale|appraisal|estimate|abandon|lead)\.[a-z]+['"`]/)).toEqual([]);
  });
});

describe('the table', () => {
  const may = (from: string, to: string, typeOnly = false) => allowed({ from, to, own: true, typeOnly });

  it.each([
    ['workflows/claim/index.ts', 'workflows/sale/index.ts'],
    ['workflows/claim/index.ts', 'platforms/slack/refs.ts'],
    ['workflows/entry/read.ts', 'intake/sources/json.ts'],
    ['platforms/slack/index.ts', 'store/store.ts'],
    ['platforms/slack/index.ts', 'platforms/teams/index.ts'],
    ['leads/card.ts', 'workflows/claim/index.ts'],
    ['dealership/people.ts', 'leads/lead.ts'],
    ['intake/receive.ts', 'chat/card.ts'],
    ['store/jobs.ts', 'leads/lead.ts'],
    ['sandbox/demo.ts', 'config.ts'],
    ['store/store.ts', 'config.ts'],
    ['leads/lead.ts', 'app.ts'],
    ['app.ts', 'main.ts'],
  ])('forbids %s → %s', (from, to) => {
    expect(may(from, to)).toBe(false);
  });

  it('allows what belongs together', () => {
    expect(may('workflows/claim/index.ts', 'workflows/workflow.ts')).toBe(true);
    expect(may('workflows/claim/index.ts', 'workflows/claim/decide.ts')).toBe(true);
    expect(may('platforms/slack/index.ts', 'chat/card.ts')).toBe(true);
    expect(may('sandbox/demo.ts', 'config.ts', true)).toBe(true);
    expect(may('app.ts', 'platforms/teams/index.ts')).toBe(true);
  });
});

describe('the reading of imports', () => {
  const read = (text: string) => importsOf('chat/card.ts', text).map(({ to, typeOnly }) => `${to}${typeOnly ? ' (types)' : ''}`);

  it('knows every way to import', () => {
    expect(read("import type { A } from './text.js';\nimport { b } from '../store/store.js';")).toEqual([
      'chat/text.ts (types)',
      'store/store.ts',
    ]);
    expect(read("import {\n  a,\n  type B,\n} from './text.js';")).toEqual(['chat/text.ts']);
    expect(read("import { type A, type B } from './text.js';")).toEqual(['chat/text.ts (types)']);
    expect(read("export * from './text.js';\nexport type { A } from './form.js';")).toEqual(['chat/text.ts', 'chat/form.ts (types)']);
    expect(read("import 'ws';\nconst x = await import('pg');\ntype T = import('pino').Logger;")).toEqual(['ws', 'pg', 'pino']);
    expect(read("import x, { y } from '@slack/bolt/dist/App.js';\nimport * as z from 'node:fs';")).toEqual(['@slack/bolt', 'node:fs']);
  });

  it('is not misled by comments and words', () => {
    expect(read("// import { a } from 'pg';\n/* import 'ws' */\nconst s = 'an import from the web';")).toEqual([]);
  });
});

/** `chat`, `workflows/claim`, `app.ts`. */
function roomOf(file: string): string {
  const steps = file.split('/');
  const [first = '', second = ''] = steps;
  if ((first === 'platforms' || first === 'workflows') && steps.length > 2) return `${first}/${second}`;
  return first;
}

function lineOf(room: string): readonly string[] | undefined {
  return MAY_IMPORT[room] ?? MAY_IMPORT[starred(room)];
}

function starred(room: string): string {
  return room.replace(/\/.+$/, '/*');
}

function allowed({ from, to, typeOnly }: Import): boolean {
  const [room, other] = [roomOf(from), roomOf(to)];
  if (room === other) return true;
  const line = lineOf(room) ?? [];
  // Two workflows are both `workflows/*`, and still strangers: only the program's own files import them by that name.
  const names = [other, starred(other)];
  return names.some((name) => line.includes(name) || (typeOnly && line.includes(`types:${name}`)));
}

function homesOf(name: string): readonly string[] | undefined {
  return HOMES[name] ?? HOMES[name.replace(/\/.+$/, '/*')];
}

function edge({ from, to }: Import): string {
  return `${from} → ${to}`;
}

function importsOf(file: string, text: string): Import[] {
  const statement = /^\s*(import|export)\s+(type\s+)?([^'"`;=()]*?\s*from\s*)?['"]([^'"]+)['"]/gm;
  const call = /\bimport\(\s*['"]([^'"]+)['"]/g;
  const code = withoutComments(text);
  const statements = [...code.matchAll(statement)]
    .filter(([, word, , names]) => word === 'import' || names !== undefined)
    .map(([, , type, names = '', to = '']) => ({ to, typeOnly: type !== undefined || onlyTypes(names) }));
  const calls = [...code.matchAll(call)].map(([, to = '']) => ({ to, typeOnly: false }));
  return [...statements, ...calls].map(({ to, typeOnly }) => {
    const own = to.startsWith('.');
    return { from: file, to: own ? sourceOf(file, to) : packageOf(to), own, typeOnly };
  });
}

/** `{ type A, type B } from` brings nothing along either. */
function onlyTypes(names: string): boolean {
  const [, inside] = /^\{([^}]*)\}\s*from\s*$/.exec(names) ?? [];
  const each =
    inside
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean) ?? [];
  return each.length > 0 && each.every((name) => name.startsWith('type '));
}

/** The source file an import of ours leads to; the path as written when there is none. */
function sourceOf(file: string, to: string): string {
  const path = posix.join(posix.dirname(file), to).replace(/\.js$/, '');
  return SOURCE.has(`${path}.tsx`) ? `${path}.tsx` : `${path}.ts`;
}

function packageOf(to: string): string {
  if (to.startsWith('node:')) return to;
  return to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/');
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');
}
