import { BY_HAND } from '../dealership/group.js';
import { didYouMean } from '../language/nearest.js';
import { quoted } from './fields.js';
import { type Fault, pathText } from './shape.js';

type Path = Fault['path'];

interface Mention {
  readonly path: Path;
  readonly text: string;
}

const RESERVED = `The id "${BY_HAND}" belongs to leads that people enter themselves. Write another one.`;

/**
 * What one entry of the file says of another: names used twice, dealerships that do not exist. Works on the file as
 * written, whatever else is wrong with it, so that everything is told in one go.
 */
export function referenceFaults(file: unknown): Fault[] {
  const dealerships = entries(file, 'dealerships');
  const people = entries(file, 'people');
  const sources = entries(file, 'sources');
  const known = texts(dealerships, 'id').map(({ text }) => text);
  return [
    ...[dealerships, people, sources].flatMap((things) => twice(texts(things, 'id'), 'id')),
    ...texts(sources, 'id').flatMap(({ path, text }) => (text === BY_HAND ? [{ path, message: RESERVED }] : [])),
    ...dealerships.flatMap(reasonFaults),
    ...twice(dealerships.flatMap(leadChannels), 'channel', 'A channel shows the leads of one dealership.'),
    ...['slack', 'teams'].flatMap((platform) => twice(texts(people, platform), 'account', 'An account is one person.')),
    ...people.flatMap((person) => roleFaults(person, known)),
    ...sources.flatMap(credentialFaults),
    ...texts(sources, 'dealership').flatMap((mention) => (known.includes(mention.text) ? [] : [unknownDealership(mention, known, '')])),
  ];
}

function reasonFaults({ value, path }: Entry): Fault[] {
  const reasons = entries(at(value, 'abandonment'), 'reasons', [...path, 'abandonment']);
  return twice(texts(reasons, 'id'), 'id');
}

function leadChannels({ value, path }: Entry): Mention[] {
  return entries(at(value, 'channels'), 'leads', [...path, 'channels']).flatMap((channel) =>
    typeof channel.value === 'string' ? [{ path: channel.path, text: channel.value }] : [],
  );
}

function roleFaults({ value, path }: Entry, known: readonly string[]): Fault[] {
  const roles = at(value, 'roles');
  if (typeof roles !== 'object' || roles === null || Array.isArray(roles)) return [];
  return Object.keys(roles)
    .filter((text) => text !== '*' && !known.includes(text))
    .map((text) => unknownDealership({ path: [...path, 'roles', text], text }, known, ' "*" is all of them.'));
}

function credentialFaults({ value, path }: Entry): Fault[] {
  if (typeof value !== 'object' || value === null) return [];
  const given = ['token', 'secret'].filter((key) => at(value, key) !== undefined);
  if (given.length === 1) return [];
  const wrong = given.length === 0 ? 'Neither token nor secret is given.' : 'Both token and secret are given.';
  const message = `${wrong} Write one of them: token for a bearer token, secret for Standard Webhooks signatures.`;
  return [{ path, message }];
}

function unknownDealership({ path, text }: Mention, known: readonly string[], more: string): Fault {
  const meant = didYouMean(text, known);
  const message = `There is no dealership ${quoted(text)}.${meant || ` Write one of: ${known.join(', ')}.`}${more}`;
  return { path, message };
}

/** Every mention of something that stands earlier already. */
function twice(mentions: readonly Mention[], what: string, why = ''): Fault[] {
  const first = new Map<string, Path>();
  return mentions.flatMap(({ path, text }) => {
    const before = first.get(text);
    if (!before) {
      first.set(text, path);
      return [];
    }
    const message = `The ${what} ${quoted(text)} is used already at ${pathText(before)}. ${why ? `${why} ` : ''}Write another one.`;
    return [{ path, message }];
  });
}

interface Entry {
  readonly path: Path;
  readonly value: unknown;
}

function entries(parent: unknown, key: string, path: Path = []): Entry[] {
  const things = at(parent, key);
  return Array.isArray(things) ? things.map((value: unknown, index) => ({ path: [...path, key, index], value })) : [];
}

function texts(things: readonly Entry[], key: string): Mention[] {
  return things.flatMap(({ path, value }) => {
    const text = at(value, key);
    return typeof text === 'string' ? [{ path: [...path, key], text }] : [];
  });
}

function at(parent: unknown, key: string): unknown {
  if (typeof parent !== 'object' || parent === null) return undefined;
  return Object.getOwnPropertyDescriptor(parent, key)?.value;
}
