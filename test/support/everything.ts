import type { Running } from './running.js';
import type { Message } from './seen.js';

/** Methods whose content only one person sees. */
const PRIVATE = new Set(['chat.postEphemeral', 'views.open', 'views.update', 'views.push']);

/** Every version of every message the app wrote into a channel, as Slack received it: text, blocks, metadata. */
export function saidInChannels(house: Running): string[] {
  return house.slack
    .requests()
    .filter(({ method, args }) => !PRIVATE.has(method) && !String(args.channel ?? '').startsWith('D'))
    .map(({ method, args }) => `${method} ${JSON.stringify(args)}`);
}

/** Every message that stands anywhere, private ones included. */
export function everyMessage(house: Running): Message[] {
  const people = house.slack.channels().flatMap((channel) => channel.members);
  const ephemeral = [...new Set(people)].flatMap((person) => house.slack.ephemerals(person).map((one) => one.message));
  return [...house.slack.channels().flatMap((channel) => house.slack.messages(channel.id)), ...ephemeral];
}
