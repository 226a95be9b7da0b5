import { type Fields, isFields, textOf } from '../json.js';

/**
 * What a real Slack client would make of a message: whom it would notify, and what could be clicked. Where clients
 * differ, or where the fallback text and the blocks disagree, everything any of them would show counts.
 */
interface Heard {
  readonly pings: Set<string>;
  readonly links: Set<string>;
}

interface Parsed {
  readonly text: string;
  readonly blocks?: readonly unknown[];
  readonly parsing?: 'names' | 'full';
}

/** User ids, user group ids and `channel`, `here`, `everyone` the message notifies. */
export function pings(message: Parsed): readonly string[] {
  return [...heard(message).pings].sort();
}

/** Addresses the message makes clickable, bare ones included. */
export function links(message: Parsed): readonly string[] {
  return [...heard(message).links].sort();
}

function heard(message: Parsed): Heard {
  const found: Heard = { pings: new Set(), links: new Set() };
  mrkdwn(message.text, false, found);
  if (message.parsing) names(message.text, found);
  walk(message.blocks ?? [], found);
  return found;
}

function walk(value: unknown, found: Heard): void {
  if (Array.isArray(value)) for (const item of value) walk(item, found);
  if (!isFields(value)) return;
  structured(value, found);
  for (const field of Object.values(value)) walk(field, found);
}

function structured(element: Fields, found: Heard): void {
  const { type } = element;
  if (type === 'mrkdwn') mrkdwn(textOf(element.text), element.verbatim === true, found);
  if (type === 'markdown') markdown(textOf(element.text), found);
  if (type === 'user') found.pings.add(textOf(element.user_id));
  if (type === 'usergroup') found.pings.add(textOf(element.usergroup_id));
  if (type === 'broadcast') found.pings.add(textOf(element.range));
  if (type === 'link' || type === 'date' || type === 'button') addLink(textOf(element.url), found);
  if (type === 'video') addLink(textOf(element.title_url), found);
}

function addLink(url: string, found: Heard): void {
  if (url !== '') found.links.add(url);
}

const ANGLE = /<([^<>]*)>/g;
const BARE_ADDRESS = /\b(?:https?|mailto|tel):[^\s<>|"']+/gi;
const BARE_MAIL = /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const BARE_HOST =
  /(?<![\w@./:-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|info|io|dev|app|fr|uk|de|eu|ru|cn|xyz|top|example)\b(?:\/[^\s<>|"']*)?/gi;

/** Slack reads what stands between angle brackets first; only then does it look for bare addresses. */
function mrkdwn(text: string, verbatim: boolean, found: Heard): void {
  for (const [, inside = ''] of text.matchAll(ANGLE)) bracketed(inside, found);
  if (verbatim) return;
  const rest = text
    .replace(ANGLE, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll(/&(?:lt|gt);/g, ' ');
  bare(rest, found);
}

function bracketed(inside: string, found: Heard): void {
  const target = inside.split('|')[0] ?? '';
  const mention = /^@([UW][A-Z0-9]+)$/.exec(target)?.[1];
  if (mention) return void found.pings.add(mention);
  const group = /^!subteam\^([A-Z0-9]+)/.exec(target)?.[1];
  if (group) return void found.pings.add(group);
  const range = /^!(channel|here|everyone|group)$/.exec(target)?.[1];
  if (range) return void found.pings.add(range === 'group' ? 'channel' : range);
  const dated = /^!date\^\d+\^[^^]*\^(.+)$/.exec(target)?.[1];
  if (dated) return void found.links.add(dated);
  if (/^[a-z][a-z0-9+.-]*:./i.test(target)) found.links.add(target);
}

function bare(text: string, found: Heard): void {
  for (const [url] of text.matchAll(BARE_ADDRESS)) found.links.add(url.replace(/[.,;:!?)]+$/, ''));
  const rest = text.replace(BARE_ADDRESS, ' ');
  for (const [address] of rest.matchAll(BARE_MAIL)) found.links.add(`mailto:${address}`);
  for (const [host] of rest.replace(BARE_MAIL, ' ').matchAll(BARE_HOST)) found.links.add(`http://${host}`);
}

/** The `markdown` block: Slack's own brackets still work in it, and so do Markdown's links. */
function markdown(text: string, found: Heard): void {
  mrkdwn(text, false, found);
  for (const [, url = ''] of text.matchAll(/\]\(\s*<?([^)\s>]+)/g)) found.links.add(url);
}

/** `link_names` and `parse: full` make bare `@here`, `@channel`, `@everyone` and handles into mentions. */
function names(text: string, found: Heard): void {
  for (const [, name = ''] of text.matchAll(/(?<![\w@])@([a-z0-9][\w.-]*)/gi)) found.pings.add(name.toLowerCase());
}
