import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { slackCaller } from '../../src/platforms/slack/client.js';
import { channelObstacles } from '../../src/platforms/slack/doctor.js';
import { demoWorkspace } from '../../src/sandbox/demo-workspace.js';
import { startSlackSimulator } from '../../src/sandbox/slack/index.js';

/** Slack's own limits: its manifest schema, version 2.0.0. Fields Slack does not know are refused, as Slack refuses them. */
const address = z
  .string()
  .regex(/^https?:\/\//)
  .max(3_000);
const manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2), minor_version: z.int() }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().min(1).max(140),
    long_description: z.string().min(175).max(4_000),
    background_color: z.string().regex(/^#([0-9a-f]{3}){1,2}$/i),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: z.string().regex(/^[a-z0-9._-]{1,80}$/), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
          url: address,
          description: z.string().min(1).max(2_000),
          usage_hint: z.string().min(1).max(1_000),
          should_escape: z.boolean(),
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).min(1).max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: address, bot_events: z.array(z.string()).min(1).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: address }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const app = manifest.parse(JSON.parse(file('manifests/slack.json')));
const hearing = file('src/platforms/slack/hear.ts');

/** What each method the adapter calls needs, by Slack's method pages; the kind of the channel decides where there are two. */
const SCOPES_OF: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
};

/** What each event Bolt is asked for is called in a subscription. */
const SUBSCRIPTIONS_OF: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: ['app_home_opened'],
  message: ['message.channels', 'message.groups'],
};

describe('the Slack manifest', () => {
  it('asks for the permissions of the methods the adapter calls, and no others', () => {
    const named = adapterSource().matchAll(/'((?:api|apps|auth|chat|conversations|files|reactions|users|views)\.[A-Za-z.]+)'/g);
    const called = [...new Set([...named].map(([, method = '']) => method))];
    expect(called.toSorted()).toEqual(Object.keys(SCOPES_OF).toSorted());
    const needed = ['commands', ...called.flatMap((method) => SCOPES_OF[method] ?? [])];
    expect(app.oauth_config.scopes.bot.toSorted()).toEqual([...new Set(needed)].toSorted());
  });

  it('subscribes to the events the adapter listens to', () => {
    const listened = [...hearing.matchAll(/\bapp\.event\('([a-z_]+)'/g)].map(([, event = '']) => event);
    const wanted = listened.flatMap((event) => SUBSCRIPTIONS_OF[event] ?? [`no subscription is known for ${event}`]);
    expect(app.settings.event_subscriptions.bot_events.toSorted()).toEqual(wanted.toSorted());
  });

  it('sends commands, clicks and events to the one address the program serves', () => {
    const { features, settings } = app;
    const addresses = [
      settings.event_subscriptions.request_url,
      settings.interactivity.request_url,
      ...features.slash_commands.map(({ url }) => url),
    ];
    expect(new Set(addresses)).toEqual(new Set(['https://forecourt.example.org/slack/events']));
    expect(settings.interactivity.is_enabled).toBe(true);
    expect(settings.socket_mode_enabled).toBe(false);
  });

  it('has the one command the sandbox has', () => {
    expect(app.features.slash_commands.map(({ command }) => command)).toEqual(demoWorkspace.commands.map(({ command }) => command));
  });

  it('gives people a Home, and lets the bot write to them, who need not answer', () => {
    expect(app.features.app_home).toEqual({ home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true });
  });

  it('gives the bot all that the doctor looks for, in public and private channels', async () => {
    expect(await obstacles(app.oauth_config.scopes.bot)).toEqual([[], []]);
  });

  it('asks for nothing whose absence the doctor would not notice', async () => {
    const toLook = ['channels:read', 'groups:read'];
    const noticed = (await obstacles(toLook)).flat().map((obstacle) => obstacle.replace('missing_scope:', ''));
    expect([...new Set([...toLook, ...noticed])].toSorted()).toEqual(app.oauth_config.scopes.bot.toSorted());
  });
});

/** What the doctor finds in a public and in a private channel, when the app was given these permissions. */
async function obstacles(scopes: readonly string[]): Promise<(readonly string[])[]> {
  const seed = { ...demoWorkspace, botToken: 'xoxb-manifest', appToken: 'xapp-manifest', signingSecret: 'manifest' };
  const slack = await startSlackSimulator({ ...seed, scopes });
  const call = slackCaller({ token: seed.botToken, apiUrl: slack.apiUrl, timeoutMs: 2_000 });
  const found = await Promise.all(['C0LEADSLYON', 'C0CHEFSLYON'].map((channel) => channelObstacles(call, channel)));
  await slack.stop();
  return found;
}

function adapterSource(): string {
  const folder = 'src/platforms/slack';
  const names = readdirSync(new URL(`../../${folder}`, import.meta.url)).filter((name) => name.endsWith('.ts'));
  return names.map((name) => file(`${folder}/${name}`)).join('\n');
}
