import { setTimeout as sleep } from 'node:timers/promises';
import { PlatformFailure } from '../../chat/platform.js';
import type { SlackCredentials } from '../../config.js';
import { type Call, slackCaller } from '../../platforms/slack/client.js';
import { channelObstacles, type Identity, identify } from '../../platforms/slack/doctor.js';
import { readChannel } from '../../platforms/slack/refs.js';
import { type Channel, channelRemedy } from './channels.js';
import { bad, type Finding, good, note } from './finding.js';

const ANSWER_WITHIN_MS = 8_000;
const MISSING_SCOPE = 'missing_scope:';

/** Whose bot the token is, the door requests come through, every channel, the permissions. */
export async function* examineSlack(credentials: SlackCredentials, channels: readonly Channel[]): AsyncGenerator<Finding> {
  const call = caller(credentials, credentials.botToken);
  const identity = await patiently(() => identify(call)).catch(failure);
  if (identity instanceof PlatformFailure) {
    yield tokenFinding(identity, credentials);
    return;
  }
  yield good(`The Slack bot token is that of ${identity.bot}, in the workspace ${identity.workspace}.`);
  if (credentials.appToken !== null) yield await socketFinding(caller(credentials, credentials.appToken));
  const lacking = new Set<string>();
  let inOrder = 0;
  for (const channel of channels.filter(({ id }) => id.startsWith('slack:'))) {
    const { findings, scopes } = await channelFindings(call, channel, identity);
    for (const scope of scopes) lacking.add(scope);
    if (findings.length === 0) inOrder += 1;
    yield* findings.length > 0 ? findings : [good(`${channel.title}: the bot is a member of ${channel.id}.`)];
  }
  yield scopeFinding(identity, [...lacking]);
  if (inOrder > 0)
    yield note(
      'Nothing was posted: that the bot can write follows from membership and permissions. Who else may post in a channel is its own setting.',
    );
}

function caller({ apiUrl }: SlackCredentials, token: string): Call {
  return slackCaller({ token, apiUrl: apiUrl ?? undefined, timeoutMs: ANSWER_WITHIN_MS });
}

/** Does what Slack's "too many requests" asks, a few times. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PlatformFailure) || error.kind !== 'wait' || attempt > 3) throw error;
      await sleep(Math.min(error.afterMs ?? 1_000, 30_000));
    }
  }
}

function failure(error: unknown): PlatformFailure {
  if (error instanceof PlatformFailure) return error;
  throw error;
}

function tokenFinding({ kind, code }: PlatformFailure, { apiUrl }: SlackCredentials): Finding {
  if (kind !== 'unreachable') {
    const where =
      apiUrl === null ? 'Check that this machine may reach https://slack.com (proxy, firewall, DNS).' : `Check SLACK_API_URL (${apiUrl}).`;
    return bad(`Slack does not answer (${code}).`, where);
  }
  const remedy =
    'Copy the Bot User OAuth Token again (api.slack.com/apps, your app, "OAuth & Permissions"; it begins with xoxb-) and write it in SLACK_BOT_TOKEN.';
  return bad(`Slack refuses the bot token (${code}).`, remedy);
}

/** Asks for an address to connect to, and connects nowhere: a second connection would take its share of people's clicks. */
async function socketFinding(call: Call): Promise<Finding> {
  const refused = await patiently(() => call('apps.connections.open', {}, 'read')).then(() => null, failure);
  if (refused === null) return good('Slack opens Socket Mode to the app token: clicks come over that connection.');
  if (refused.kind !== 'unreachable') return bad(`Slack does not open Socket Mode (${refused.code}).`, 'Run the doctor again in a moment.');
  const remedy =
    'In the app\'s settings, switch Socket Mode on; under "Basic Information", make an App-Level Token with the scope connections:write and write it in SLACK_APP_TOKEN.';
  return bad(`Slack refuses the app token (${refused.code}).`, remedy);
}

async function channelFindings(call: Call, channel: Channel, { bot }: Identity): Promise<{ findings: Finding[]; scopes: string[] }> {
  const id = readChannel(channel.id);
  if (id === undefined) {
    const remedy = `Write the ID, such as slack:C0123456789, at ${channel.path}: Slack shows it at the end of the channel's details.`;
    return { findings: [bad(`${channel.title}: ${channel.id} is not the ID of a Slack channel.`, remedy)], scopes: [] };
  }
  const codes = await patiently(() => channelObstacles(call, id)).catch(failure);
  if (codes instanceof PlatformFailure) {
    return {
      findings: [bad(`${channel.title}: ${channel.id} could not be examined (${codes.code}).`, 'Run the doctor again.')],
      scopes: [],
    };
  }
  const scopes = codes.filter((code) => code.startsWith(MISSING_SCOPE)).map((code) => code.slice(MISSING_SCOPE.length));
  const others = codes.filter((code) => !code.startsWith(MISSING_SCOPE));
  const findings = others.map((code) => {
    if (code === 'missing_scope')
      return bad(`${channel.title}: the bot may not look at ${channel.id}.`, 'Give it the permissions named below first.');
    const { found, remedy } = channelRemedy(code, channel, bot);
    return bad(`${channel.title}: ${found} (${channel.id}).`, remedy);
  });
  return { findings, scopes };
}

function scopeFinding({ scopes }: Identity, lacking: readonly string[]): Finding {
  if (scopes === undefined) return note('Slack did not say which permissions the bot has.', 'Compare them with manifests/slack.json.');
  if (lacking.length === 0) return good('The bot has the permissions its channels need.');
  const remedy =
    'In the app\'s settings, "OAuth & Permissions", add them under Bot Token Scopes, then reinstall the app to the workspace. manifests/slack.json has them all.';
  return bad(`The bot lacks permissions: ${lacking.toSorted().join(', ')}.`, remedy);
}
