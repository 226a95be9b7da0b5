import type { Config } from '../../config.js';
import { examineAddress } from './address.js';
import { type Channel, channelsOf } from './channels.js';
import { examineDatabase } from './database.js';
import { bad, type Finding, good, note } from './finding.js';
import { examineSlack } from './slack.js';
import { examineTeams } from './teams.js';

/** Looks at everything an installation needs, in the order in which one would correct it. Changes nothing, posts nothing. */
export async function* examine(config: Config): AsyncGenerator<Finding> {
  yield configuration(config);
  yield* examineDatabase(config);
  if (config.mode === 'sandbox') {
    yield note(
      'There are no Slack and no Teams credentials: "npm start" opens the sandbox, on this machine only.',
      'To connect Slack, set SLACK_BOT_TOKEN, and SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode); for Teams, TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID.',
    );
    return;
  }
  const channels = channelsOf(config);
  yield* reachOf(config, channels);
  if (config.publicUrl === null)
    yield note(
      'PUBLIC_URL is not set, so nobody is offered to add photos from a browser, and no customer can be sent a link for it.',
      'Set PUBLIC_URL to the https address at which people and customers reach this installation.',
    );
  if (config.slack) yield* examineSlack(config.slack, channels);
  if (config.slack && config.slack.appToken === null) yield* examineAddress(config.publicUrl, config.slack.signingSecret ?? '');
  if (config.teams) yield* examineTeams(config.teams, channels, config.publicUrl);
}

function configuration({ configFile, dealerships, people, sources }: Config): Finding {
  const parts = [count(dealerships.length, 'dealership'), count(people.length, 'person', 'people'), count(sources.length, 'source')];
  const secrets = sources.length > 0 ? ' Every source has its token or secret.' : '';
  return good(`${configFile ?? 'The demonstration'} and the environment are in order: ${parts.join(', ')}.${secrets}`);
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Dealerships whose cards nobody would see, and channels of platforms that are not connected. */
function* reachOf(config: Config, channels: readonly Channel[]): Generator<Finding> {
  const connected = (id: string) =>
    (config.slack !== null && id.startsWith('slack:')) || (config.teams !== null && id.startsWith('teams:'));
  for (const { id, name } of config.dealerships) {
    const leads = channels.filter((channel) => channel.dealership === id && channel.use === 'leads');
    if (leads.some((channel) => connected(channel.id))) continue;
    const remedy = `Add a channel to channels.leads of ${id} in ${config.configFile}, for example "slack:C0123456789" or "teams:19:…@thread.tacv2", or set the credentials of the platform it names.`;
    yield bad(`${name} has no leads channel on a connected platform: its leads would be stored and shown to nobody.`, remedy);
  }
  const apart = channels.filter((channel) => !connected(channel.id));
  if (apart.length > 0) yield note(`Not connected, so nothing is shown there: ${apart.map((channel) => channel.id).join(', ')}.`);
}
