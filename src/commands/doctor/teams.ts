import { PlatformFailure } from '../../chat/platform.js';
import type { TeamsCredentials } from '../../config.js';
import { connectorCaller } from '../../platforms/teams/connector.js';
import { channelObstacles } from '../../platforms/teams/doctor.js';
import { knownThings } from '../../platforms/teams/memory.js';
import { readChannel } from '../../platforms/teams/refs.js';
import { PUBLIC_SERVICE } from '../../platforms/teams/service.js';
import { tokenSource } from '../../platforms/teams/token.js';
import { ask, lostRemedy } from './address.js';
import type { Channel } from './channels.js';
import { bad, type Finding, good, note } from './finding.js';

const ANSWER_WITHIN_MS = 8_000;
type Registered = Extract<TeamsCredentials, { kind: 'registered' }>;

/** The registration, every channel, and whether Teams can reach this installation. Posts nothing. */
export async function* examineTeams(
  credentials: TeamsCredentials,
  channels: readonly Channel[],
  publicUrl: string | null,
): AsyncGenerator<Finding> {
  if (credentials.kind === 'anonymous') {
    yield note('Teams is anonymous: a simulator on this machine, whose word is taken for everything.');
    return;
  }
  const tokens = tokenSource(credentials, credentials.endpoints?.loginUrl, ANSWER_WITHIN_MS);
  const refused = await tokens.get().then(() => null, failure);
  if (refused !== null) {
    yield tokenFinding(refused);
    return;
  }
  yield good(`Microsoft accepts the Teams credentials of app ${credentials.appId} in tenant ${credentials.tenantId}.`);
  const serviceUrl = credentials.endpoints?.serviceUrl;
  const call = connectorCaller({ anonymous: false, serviceUrl, tokens, timeoutMs: ANSWER_WITHIN_MS });
  for (const channel of channels.filter(({ id }) => id.startsWith('teams:'))) yield await channelFinding(credentials, call, channel);
  yield await addressFinding(publicUrl);
}

function failure(error: unknown): PlatformFailure {
  if (error instanceof PlatformFailure) return error;
  throw error;
}

function tokenFinding({ kind, code }: PlatformFailure): Finding {
  if (kind !== 'unreachable')
    return bad(
      `Microsoft's login does not answer (${code}).`,
      'Check that this machine may reach https://login.microsoftonline.com (proxy, firewall, DNS).',
    );
  const remedy =
    'In the Azure portal, open the bot\'s app registration: copy "Application (client) ID" to TEAMS_APP_ID and "Directory (tenant) ID" to TEAMS_TENANT_ID; under "Certificates & secrets" make a new client secret and write its value, not its ID, in TEAMS_APP_PASSWORD.';
  return bad(`Microsoft refuses the Teams credentials (${code}).`, remedy);
}

/** What other processes learnt of channels is in the database, which the doctor does not ask: Microsoft's common address does. */
const NOTHING_KNOWN = knownThings({ read: async () => null, readAll: async () => [], write: async () => {} }, () => false);

async function channelFinding(
  { appId, endpoints }: Registered,
  call: Parameters<typeof channelObstacles>[0],
  channel: Channel,
): Promise<Finding> {
  const { id, path, title } = channel;
  const teams = readChannel(id);
  if (teams === undefined) {
    const remedy = `In Teams, open the channel's ⋯ menu, "Get link to channel"; the part of the link between /channel/ and the next slash, with %3A read as : and %40 as @, is the ID. Write teams:19:…@thread.tacv2 at ${path}.`;
    return bad(`${title}: ${id} is not the ID of a Teams channel.`, remedy);
  }
  const service = { serviceUrl: endpoints?.serviceUrl ?? PUBLIC_SERVICE, bot: `28:${appId}` };
  const codes = await channelObstacles(call, NOTHING_KNOWN, service, teams).catch(failure);
  if (codes instanceof PlatformFailure) return bad(`${title}: ${id} could not be examined (${codes.code}).`, 'Run the doctor again.');
  const [code] = codes;
  if (code === undefined) return good(`${title}: Forecourt is installed in the team of ${id}.`);
  const remedy = `Install the app in the team of that channel (the package of "npm run package:teams"), or correct the ID at ${path}.`;
  return bad(`${title}: Forecourt is not in the team of ${id}, or there is no such channel (${code}).`, remedy);
}

async function addressFinding(publicUrl: string | null): Promise<Finding> {
  if (publicUrl === null)
    return bad(
      'PUBLIC_URL is not set: Teams shows no photos, and nobody tried whether people’s clicks can come in.',
      "Set PUBLIC_URL to the https address of this installation; the bot's messaging endpoint in the Azure portal is that address followed by /api/messages.",
    );
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol !== 'https:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    return bad(
      'PUBLIC_URL is not an https address, and Teams sends to no other.',
      'Put a reverse proxy with a certificate in front of Forecourt and write its https address.',
    );
  const url = `${publicUrl}/api/messages`;
  // Nothing at all is no activity, which only our own door says in this way.
  const answer = await ask(url, { method: 'POST', body: '' });
  if (answer.status === 400) return good(`${url} leads to a running Forecourt that speaks Teams: it is the bot's messaging endpoint.`);
  if (answer.status === 404)
    return bad(`${url} is not served by the running Forecourt.`, 'It runs without Teams. Start it with the settings the doctor was given.');
  if (answer.status === 503) return bad(`The Forecourt behind ${url} is starting or stopping.`, 'Run the doctor again in a moment.');
  return bad(`${url} does not lead to a running Forecourt: ${answer.said}.`, lostRemedy(answer));
}
