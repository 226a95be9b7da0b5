import type { Config } from '../../config.js';

/** A channel configuration names, and where. */
export interface Channel {
  /** `slack:C0LEADSLYON` */
  readonly id: string;
  /** The id of the dealership. */
  readonly dealership: string;
  /** `Lumière Lyon, leads` */
  readonly title: string;
  readonly use: 'leads' | 'appraisals' | 'managers';
  /** `dealerships[0].channels.leads[0] in ./forecourt.yaml` */
  readonly path: string;
}

/** Every channel of every dealership, in the file's order. */
export function channelsOf({ dealerships, configFile }: Config): Channel[] {
  return dealerships.flatMap(({ id: dealership, name, channels }, index) => {
    const named = (id: string | null, use: Channel['use'], place: string): Channel[] => {
      const path = `dealerships[${index}].channels.${place} in ${configFile}`;
      return id === null ? [] : [{ id, dealership, title: `${name}, ${use}`, use, path }];
    };
    return [
      ...channels.leads.flatMap((id, number) => named(id, 'leads', `leads[${number}]`)),
      ...named(channels.appraisals, 'appraisals', 'appraisals'),
      ...named(channels.managers, 'managers', 'managers'),
    ];
  });
}

/** What to do about one obstacle Slack names. `bot` is the bot's handle. */
export function channelRemedy(code: string, { path }: Channel, bot: string): { readonly found: string; readonly remedy: string } {
  switch (code) {
    case 'not_in_channel':
      return { found: 'the bot is not a member', remedy: `In that channel, type: /invite @${bot}` };
    case 'channel_not_found':
      return {
        found: 'Slack shows the bot no such channel',
        remedy: `If it is private, type /invite @${bot} in it. Otherwise correct the ID at ${path}: Slack shows it at the end of the channel's details.`,
      };
    case 'is_archived':
      return { found: 'it is archived', remedy: `Unarchive it in Slack, or write another channel at ${path}.` };
    default:
      return {
        found: `Slack answers "${code}"`,
        remedy: `Look "${code}" up in Slack's documentation, or write another channel at ${path}.`,
      };
  }
}
