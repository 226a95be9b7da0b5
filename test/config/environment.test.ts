import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { demoConfig } from '../../src/sandbox/demo.js';
import { accepted, EXAMPLE, read, refused, TOKENS } from './read.js';

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'signing' };
const TEAMS = { TEAMS_APP_ID: 'app', TEAMS_APP_PASSWORD: 'password', TEAMS_TENANT_ID: 'tenant' };

describe('the environment', () => {
  it('opens the sandbox on this machine when there are no credentials', () => {
    expect(accepted(read(EXAMPLE))).toMatchObject({
      mode: 'sandbox',
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: null,
      dataDir: './data',
      publicUrl: null,
      logLevel: 'info',
      demo: 'filled',
      slack: null,
      teams: null,
      configFile: './forecourt.yaml',
    });
  });

  it('listens on all interfaces with credentials', () => {
    expect(accepted(read(EXAMPLE, SLACK))).toMatchObject({
      mode: 'live',
      host: '0.0.0.0',
      slack: { botToken: 'xoxb-1', signingSecret: 'signing', appToken: null, apiUrl: null },
      teams: null,
    });
    expect(accepted(read(EXAMPLE, { ...TEAMS, HOST: '10.0.0.8' }))).toMatchObject({
      mode: 'live',
      host: '10.0.0.8',
      slack: null,
      teams: { kind: 'registered', appId: 'app', appPassword: 'password', tenantId: 'tenant', endpoints: null },
    });
  });

  it('reads what is written, tidied', () => {
    const env = {
      PORT: ' 8080 ',
      HOST: '::1',
      DATABASE_URL: 'postgresql://forecourt:secret@db.example.org/leads',
      FORECOURT_DATA: '/var/lib/forecourt',
      PUBLIC_URL: 'https://leads.example.org/',
      LOG_LEVEL: 'DEBUG',
      FORECOURT_DEMO: 'Empty',
    };
    expect(accepted(read(EXAMPLE, env))).toMatchObject({
      host: '::1',
      port: 8080,
      databaseUrl: 'postgresql://forecourt:secret@db.example.org/leads',
      dataDir: '/var/lib/forecourt',
      publicUrl: 'https://leads.example.org',
      logLevel: 'debug',
      demo: 'empty',
    });
  });

  it('takes Socket Mode without a signing secret, and another Slack address', () => {
    const env = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: 'http://127.0.0.1:4010/api' };
    expect(accepted(read(EXAMPLE, env)).slack).toEqual({
      botToken: 'xoxb-1',
      signingSecret: null,
      appToken: 'xapp-1',
      apiUrl: 'http://127.0.0.1:4010/api/',
    });
  });

  it('takes another Teams, in whole', () => {
    const env = {
      ...TEAMS,
      TEAMS_LOGIN_URL: 'http://127.0.0.1:4010/login/',
      TEAMS_OPENID_URL: 'https://teams.example.org/openid',
      TEAMS_SERVICE_URL: 'http://localhost:4010/teams',
    };
    expect(accepted(read(EXAMPLE, env)).teams).toMatchObject({
      endpoints: {
        loginUrl: 'http://127.0.0.1:4010/login',
        openIdUrl: 'https://teams.example.org/openid',
        serviceUrl: 'http://localhost:4010/teams/',
        graphUrl: null,
      },
    });
    expect(accepted(read(EXAMPLE, { ...env, TEAMS_GRAPH_URL: 'http://127.0.0.1:4010/graph/' })).teams).toMatchObject({
      endpoints: { graphUrl: 'http://127.0.0.1:4010/graph' },
    });
  });

  it('lets Teams be anonymous on this machine only', () => {
    expect(accepted(read(EXAMPLE, { TEAMS_ALLOW_ANONYMOUS: '1' }))).toMatchObject({
      mode: 'live',
      host: '127.0.0.1',
      teams: { kind: 'anonymous' },
    });
    expect(accepted(read(EXAMPLE, { ...SLACK, TEAMS_ALLOW_ANONYMOUS: '1', HOST: 'localhost' })).teams).toEqual({ kind: 'anonymous' });
  });

  it.each([
    ['a port that is none', { PORT: '70000' }, 'PORT', /"70000" is not a port/],
    ['a host that is none', { ...SLACK, HOST: 'http://x' }, 'HOST', /not an address/],
    ['a demonstration that is none', { FORECOURT_DEMO: 'full' }, 'FORECOURT_DEMO', /not a choice.*Write one of/],
    ['a level that is none', { LOG_LEVEL: 'verbose' }, 'LOG_LEVEL', /not a level.*Write one of/],
    ['another database', { DATABASE_URL: 'mysql://u:hunter2@h/d' }, 'DATABASE_URL', /not the address of a PostgreSQL database/],
    ['a public address without its scheme', { PUBLIC_URL: 'leads.example.org' }, 'PUBLIC_URL', /https:\/\/leads\.example\.org/],
    ['a sandbox open to the network', { HOST: '0.0.0.0' }, 'HOST', /for this machine alone/],
    ['a bot token alone', { SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_SIGNING_SECRET', /SLACK_SIGNING_SECRET .* or SLACK_APP_TOKEN/],
    ['a signing secret alone', { SLACK_SIGNING_SECRET: 's' }, 'SLACK_BOT_TOKEN', /Missing, though SLACK_SIGNING_SECRET/],
    ['an app token alone', { SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN', /Missing, though SLACK_APP_TOKEN/],
    ['the tokens of Slack exchanged', { ...SLACK, SLACK_BOT_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN', /This is an app token/],
    ['Teams without its tenant', { TEAMS_APP_ID: 'a', TEAMS_APP_PASSWORD: 'p' }, 'TEAMS_TENANT_ID', /together/],
    ['anonymous Teams open to the network', { TEAMS_ALLOW_ANONYMOUS: '1', HOST: '0.0.0.0' }, 'TEAMS_ALLOW_ANONYMOUS', /on this machine/],
    ['anonymous Teams beside Slack, host unsaid', { ...SLACK, TEAMS_ALLOW_ANONYMOUS: '1' }, 'TEAMS_ALLOW_ANONYMOUS', /HOST=127\.0\.0\.1/],
    ['anonymous Teams with credentials', { ...TEAMS, TEAMS_ALLOW_ANONYMOUS: '1', HOST: '::1' }, 'TEAMS_ALLOW_ANONYMOUS', /exclude/],
    [
      'half another Teams',
      { ...TEAMS, TEAMS_LOGIN_URL: 'https://x.example.org', TEAMS_OPENID_URL: 'https://x.example.org' },
      'TEAMS_SERVICE_URL',
      /together/,
    ],
    ['a Graph beside Microsoft’s own Teams', { ...TEAMS, TEAMS_GRAPH_URL: 'https://x.example.org' }, 'TEAMS_GRAPH_URL', /simulator/],
    [
      'a password for the open',
      {
        ...TEAMS,
        TEAMS_LOGIN_URL: 'http://x.example.org',
        TEAMS_OPENID_URL: 'https://x.example.org',
        TEAMS_SERVICE_URL: 'https://x.example.org',
      },
      'TEAMS_LOGIN_URL',
      /neither https nor on this machine/,
    ],
    ['half an answer', { TEAMS_ALLOW_ANONYMOUS: 'yes' }, 'TEAMS_ALLOW_ANONYMOUS', /Write 1/],
  ])('refuses %s', (_, env, path, sentence) => {
    const problems = refused(read(EXAMPLE, env));
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]?.message).toMatch(sentence);
    expect(problems[0]?.message).not.toContain('hunter2');
  });

  it('tells of the environment and of the file in one go', () => {
    const problems = refused(read(EXAMPLE.replace('id: annecy', 'id: lyon'), { PORT: 'x', SLACK_BOT_TOKEN: 'xoxb-1' }));
    expect(problems.map(({ path }) => path)).toEqual(expect.arrayContaining(['PORT', 'SLACK_SIGNING_SECRET', 'dealerships[1].id']));
  });
});

describe('the file that is read', () => {
  const disk = (files: Record<string, string>) => (path: string) => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return text;
  };

  it('is the one FORECOURT_CONFIG names', () => {
    const env = { ...TOKENS, FORECOURT_CONFIG: '/etc/forecourt.yaml' };
    const result = readConfig(env, { readFile: disk({ '/etc/forecourt.yaml': EXAMPLE }), demo: demoConfig });
    expect(accepted(result)).toMatchObject({ configFile: '/etc/forecourt.yaml', group: { name: 'Groupe Lumière' } });
  });

  it('is a problem when it is named and not there, sandbox or not', () => {
    const result = readConfig({ FORECOURT_CONFIG: '/etc/nothing.yaml' }, { readFile: disk({}), demo: demoConfig });
    expect(refused(result)).toMatchObject([
      { path: 'FORECOURT_CONFIG', message: expect.stringContaining('There is no file /etc/nothing.yaml') },
    ]);
  });

  it('is a problem when it cannot be read', () => {
    const readFile = () => {
      throw Object.assign(new Error('denied'), { code: 'EACCES' });
    };
    expect(refused(readConfig({}, { readFile, demo: demoConfig }))).toMatchObject([{ message: expect.stringContaining('EACCES') }]);
  });

  it('is the demonstration in a sandbox without one', () => {
    const config = accepted(readConfig({}, { readFile: disk({}), demo: demoConfig }));
    expect(config).toMatchObject({ mode: 'sandbox', configFile: null });
    expect(config.sources[0]?.tokens).toEqual(['demo-website']);
  });

  it('lets the environment speak louder than the demonstration', () => {
    const config = accepted(readConfig({ INTAKE_WEBSITE_TOKEN: 'mine' }, { readFile: disk({}), demo: demoConfig }));
    expect(config.sources[0]?.tokens).toEqual(['mine']);
  });

  it('never gets the tokens of the demonstration when it is somebody’s own', () => {
    const problems = refused(readConfig({}, { readFile: disk({ './forecourt.yaml': EXAMPLE }), demo: demoConfig }));
    expect(problems.map(({ path }) => path)).toEqual(['sources[0].token', 'sources[1].token', 'sources[2].token', 'sources[3].secret']);
  });

  it('must be there with credentials', () => {
    const problems = refused(readConfig(SLACK, { readFile: disk({}), demo: demoConfig }));
    expect(problems).toMatchObject([{ path: 'FORECOURT_CONFIG', message: expect.stringContaining('./forecourt.yaml') }]);
  });
});
