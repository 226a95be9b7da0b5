import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { examine } from '../../src/commands/doctor/examine.js';
import { type Finding, printed } from '../../src/commands/doctor/finding.js';
import { type Config, readConfig } from '../../src/config.js';
import { demoConfig } from '../../src/sandbox/demo.js';
import { type SlackSeed, startSlackSimulator } from '../../src/sandbox/slack/index.js';
import { openDatabase } from '../../src/store/database.js';
import { migrate } from '../../src/store/migrate.js';
import { freshPlace } from '../support/database.js';
import { configFor, type Running, type RunOptions, run, SEED } from '../support/running.js';

const EMBEDDED = !process.env.TEST_DATABASE_URL;

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A Slack workspace, and the configuration of an installation in it whose data folder is still empty. */
async function installation(options: Omit<RunOptions, 'seed'> & { seed?: Partial<SlackSeed> } = {}) {
  const slack = await startSlackSimulator({ ...SEED, ...options.seed });
  const folder = await mkdtemp(join(tmpdir(), 'forecourt-doctor-'));
  stops.push(slack.stop, () => rm(folder, { recursive: true, force: true }));
  const { seed: _, ...rest } = options;
  return { slack, folder, config: { ...configFor(slack.apiUrl, rest), dataDir: join(folder, 'data') } };
}

async function findings(config: Config): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const finding of examine(config)) found.push(finding);
  return found;
}

const bad = (found: readonly Finding[]) => found.filter((finding) => finding.mark === 'bad').map(({ text }) => text);
const page = (found: readonly Finding[]) => found.map(printed).join('');

function channels(change: (channel: SlackSeed['channels'][number]) => SlackSeed['channels'][number]): Partial<SlackSeed> {
  return { channels: SEED.channels.map(change) };
}

describe('the doctor, in a healthy installation', () => {
  it('finds nothing to correct, names the bot and its workspace, and leaves no trace', async () => {
    const { slack, config } = await installation();
    const found = await findings(config);
    expect(bad(found)).toEqual([]);
    expect(page(found)).toContain('✓ forecourt.yaml and the environment are in order: 2 dealerships, 7 people, 4 sources.');
    expect(page(found)).toContain('is that of forecourt, in the workspace Groupe Lumière');
    expect(page(found)).toContain('Lumière Lyon, managers: the bot is a member of slack:C0CHEFSLYON');
    expect(page(found)).toContain('PUBLIC_URL is not set, so nobody tried whether clicks can come in.');
    expect(page(found)).toContain('PUBLIC_URL is not set, so nobody is offered to add photos from a browser');
    expect(page(found)).toContain('Not connected, so nothing is shown there: teams:19:annecy-leads@thread.tacv2');
    expect(slack.simulator.requests().map(({ method }) => method)).not.toContain('chat.postMessage');
    expect(slack.simulator.deliveries).toEqual([]);
  });

  it('shows no secret', async () => {
    const { config } = await installation();
    const read = page(await findings(config));
    for (const secret of [SEED.botToken, SEED.signingSecret, 'website-token']) expect(read).not.toContain(secret);
  });

  it('in Socket Mode asks for a connection and opens none', async () => {
    const { slack, config } = await installation({ socketMode: true });
    const found = await findings(config);
    expect(bad(found)).toEqual([]);
    expect(page(found)).toContain('Slack opens Socket Mode to the app token');
    expect(slack.simulator.sockets.connected()).toBe(0);
  });

  it('without credentials explains the sandbox', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'forecourt-doctor-'));
    stops.push(() => rm(folder, { recursive: true, force: true }));
    const missing = () => {
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    };
    const read = readConfig({ FORECOURT_DATA: folder }, { readFile: missing, demo: demoConfig });
    if ('problems' in read) throw new Error('the demonstration was refused');
    const found = await findings(read.ok);
    expect(bad(found)).toEqual([]);
    expect(page(found)).toContain('"npm start" opens the sandbox');
  });
});

describe('the doctor, in Slack', () => {
  it('tells a wrong bot token, and looks no further', async () => {
    const { config } = await installation({ env: { SLACK_BOT_TOKEN: 'xoxb-of-another-workspace' } });
    const found = await findings(config);
    expect(bad(found)).toEqual(['Slack refuses the bot token (invalid_auth).']);
    expect(page(found)).toContain('write it in SLACK_BOT_TOKEN');
  });

  it('tells a Slack that cannot be reached, and which setting says where it is', async () => {
    const { slack, config } = await installation();
    await slack.stop();
    const found = await findings(config);
    expect(bad(found)).toEqual(['Slack does not answer (econnrefused).']);
    expect(page(found)).toContain(`Check SLACK_API_URL (${slack.apiUrl})`);
  });

  it('tells a Slack that is down', async () => {
    const { slack, config } = await installation();
    slack.simulator.faults.down();
    expect(bad(await findings(config))).toEqual(['Slack does not answer (http_503).']);
  });

  it('waits as long as Slack asks', async () => {
    const { slack, config } = await installation();
    slack.simulator.faults.add({ method: 'conversations.info', effect: { kind: 'ratelimited', retryAfter: 1 }, times: 1 });
    expect(bad(await findings(config))).toEqual([]);
  });

  it('tells a wrong app token', async () => {
    const { config } = await installation({ socketMode: true, env: { SLACK_APP_TOKEN: 'xapp-old' } });
    const found = await findings(config);
    expect(bad(found)).toEqual(['Slack refuses the app token (invalid_auth).']);
    expect(page(found)).toContain('connections:write');
  });

  it('tells a public channel the bot was not invited to, and how to invite it', async () => {
    const { config } = await installation({
      seed: channels((channel) => (channel.id === 'C0LEADSLYON' ? { ...channel, botIsMember: false } : channel)),
    });
    const found = await findings(config);
    expect(bad(found)).toEqual(['Lumière Lyon, leads: the bot is not a member (slack:C0LEADSLYON).']);
    expect(page(found)).toContain('type: /invite @forecourt');
  });

  it('tells a private channel the bot cannot see, and where its ID is written', async () => {
    const { config } = await installation({
      seed: channels((channel) => (channel.id === 'C0CHEFSLYON' ? { ...channel, botIsMember: false } : channel)),
    });
    const found = await findings(config);
    expect(bad(found)).toEqual(['Lumière Lyon, managers: Slack shows the bot no such channel (slack:C0CHEFSLYON).']);
    expect(page(found)).toContain('dealerships[0].channels.managers in forecourt.yaml');
  });

  it('tells an archived channel', async () => {
    const { slack, config } = await installation();
    slack.simulator.archive('C0LEADSANNECY');
    expect(bad(await findings(config))).toContain('Lumière Annecy, leads: it is archived (slack:C0LEADSANNECY).');
  });

  it('tells a channel written by its name', async () => {
    const { config } = await installation({ edit: (yaml) => yaml.replace('slack:C0VOLYON', 'slack:vo-lyon') });
    const found = await findings(config);
    expect(bad(found)).toEqual(['Lumière Lyon, appraisals: slack:vo-lyon is not the ID of a Slack channel.']);
    expect(page(found)).toContain('dealerships[0].channels.appraisals');
  });

  it('tells missing permissions once, all of them', async () => {
    const scopes = ['chat:write', 'commands', 'files:read', 'files:write', 'users:read', 'channels:read', 'groups:read', 'groups:history'];
    const { config } = await installation({ seed: { scopes } });
    const found = await findings(config);
    expect(bad(found)).toEqual(['The bot lacks permissions: channels:history, im:history, im:write.']);
    expect(page(found)).toContain('reinstall the app');
  });

  it('tells the missing permission that keeps it from looking at channels', async () => {
    const scopes = [
      'chat:write',
      'commands',
      'files:read',
      'files:write',
      'users:read',
      'im:history',
      'im:write',
      'channels:history',
      'groups:read',
      'groups:history',
    ];
    const { config } = await installation({ seed: { scopes } });
    expect(bad(await findings(config))).toContain('The bot lacks permissions: channels:read.');
  });

  it('tells a dealership whose cards nobody would see', async () => {
    const { config } = await installation({ edit: (yaml) => yaml.replace('"slack:C0LEADSANNECY", ', '') });
    const found = await findings(config);
    expect(bad(found)).toEqual([
      'Lumière Annecy has no leads channel on a connected platform: its leads would be stored and shown to nobody.',
    ]);
    expect(page(found)).toContain('channels.leads of annecy in forecourt.yaml');
  });
});

describe('the doctor, over HTTP', () => {
  let house: Running;
  beforeAll(async () => {
    house = await run();
  });
  afterAll(() => house.stop());

  it('sends its own signed request to the running program and hears the challenge back', async () => {
    const { config } = await installation({ env: { PUBLIC_URL: house.app.url } });
    const found = await findings(config);
    expect(bad(found)).toEqual([]);
    expect(page(found)).toContain(`✓ ${house.app.url} leads to a running Forecourt.`);
    expect(page(found)).toContain(`✓ ${house.app.url}/slack/events answers a signed request`);
  });

  it('tells another signing secret than the running program has', async () => {
    const { config } = await installation({ env: { PUBLIC_URL: house.app.url, SLACK_SIGNING_SECRET: 'of-another-app' } });
    expect(bad(await findings(config))).toEqual([`${house.app.url}/slack/events refuses a request signed with SLACK_SIGNING_SECRET.`]);
  });

  it('tells an address that leads nowhere, elsewhere, or to something without https', async () => {
    const { slack, config } = await installation({ env: { PUBLIC_URL: 'http://127.0.0.1:1' } });
    const [nowhere] = bad(await findings(config));
    expect(nowhere).toMatch(/^http:\/\/127\.0\.0\.1:1 does not lead to a running Forecourt: no answer/);
    const [elsewhere] = bad(await findings({ ...config, publicUrl: slack.url }));
    expect(elsewhere).toBe(`${slack.url} does not lead to a running Forecourt: it answers 404.`);
    const [plain] = bad(await findings({ ...config, publicUrl: 'http://forecourt.invalid' }));
    expect(plain).toBe('PUBLIC_URL is not an https address, and Slack sends to no other.');
  });

  if (EMBEDDED)
    it('asks the running program about the database it holds', async () => {
      const { config } = await installation();
      const folder = await folderWithSchema();
      await heldBy(folder, process.ppid);
      const here = { ...config, dataDir: folder };
      const [held] = bad(await findings(here));
      expect(held).toContain(`is open in process ${process.ppid}, which does not answer on port 0`);
      const found = await findings({ ...here, port: Number(new URL(house.app.url).port) });
      expect(bad(found)).toEqual([]);
      expect(page(found)).toContain(`is open in process ${process.ppid}, the running Forecourt, to which it answers`);
    });
});

describe('the doctor, at the database', () => {
  it('finds a folder without one, and makes none', async () => {
    const { config } = await installation();
    const read = async () => page(await findings(config));
    expect(await read()).toContain('There is no embedded database');
    expect(await read()).toContain('There is no embedded database');
  });

  if (EMBEDDED)
    it('finds an embedded one in order, then ahead of this version', async () => {
      const { config } = await installation();
      const folder = await folderWithSchema();
      const here = { ...config, dataDir: folder };
      expect(page(await findings(here))).toContain("answers and has this version's schema");
      const database = await openDatabase({ kind: 'embedded', folder });
      await database.prisma.$executeRaw`UPDATE _prisma_migrations SET migration_name = '29991231000000_the_future'`;
      await database.close();
      const [newer] = bad(await findings(here));
      expect(newer).toContain('prepared by a newer Forecourt');
    });

  it('tells a server that does not answer, and shows no password', async () => {
    const { config } = await installation();
    const found = await findings({ ...config, databaseUrl: 'postgresql://forecourt:hidden-word@127.0.0.1:1/forecourt' });
    expect(bad(found)).toEqual(['PostgreSQL at 127.0.0.1:1/forecourt does not answer.']);
    expect(page(found)).not.toContain('hidden-word');
  });

  if (!EMBEDDED)
    it('finds a server without the schema, with it, and without the database', async () => {
      const { config } = await installation();
      const { place, drop } = await freshPlace();
      stops.push(drop);
      if (place.kind !== 'postgres') throw new Error('not a server');
      expect(page(await findings({ ...config, databaseUrl: place.url }))).toContain('The next start brings its schema to this version');
      const database = await openDatabase(place);
      await migrate(database);
      await database.close();
      expect(page(await findings({ ...config, databaseUrl: place.url }))).toContain("has this version's schema");
      expect(bad(await findings({ ...config, databaseUrl: `${place.url}_missing` }))[0]).toMatch(/has no such database/);
    });
});

/** The folder of an embedded database with the schema in place, closed again. */
async function folderWithSchema(): Promise<string> {
  const { place, drop } = await freshPlace();
  stops.push(drop);
  if (place.kind !== 'embedded') throw new Error('not embedded');
  const database = await openDatabase(place);
  await database.prisma.$queryRaw`SELECT 1`;
  await database.close();
  return place.folder;
}

/** The lock another living process would leave. */
async function heldBy(folder: string, pid: number): Promise<void> {
  await writeFile(join(folder, 'forecourt.lock'), JSON.stringify({ pid, host: hostname(), since: new Date().toISOString() }));
}
