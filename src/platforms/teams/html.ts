/* What people wrote, out of the HTML Teams sends beside it: the text alone is sometimes escaped and sometimes not. */

const NEW_LINE = new Set(['br', '/p', '/div', '/li', '/h1', '/h2', '/h3', '/blockquote', '/tr', '/pre']);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const MENTION = 'http://schema.skype.com/Mention';

/**
 * The words of a message, without the mentions of `unsaid` (the bot's own name at the beginning is no part of what was
 * said to it). Every tag is looked at once.
 */
export function wordsOf(html: string, unsaid: ReadonlySet<string>): string {
  const said: string[] = [];
  let mention: string[] | undefined;
  let depth = 0;
  for (const [token] of html.matchAll(/<[^<>]*>|[^<]+|</g)) {
    const tag = /^<(\/?[a-z][a-z0-9]*)/i.exec(token)?.[1]?.toLowerCase();
    if (tag === undefined || !token.endsWith('>')) {
      (mention ?? said).push(decoded(token));
      continue;
    }
    if (tag === 'span' && mention) depth++;
    else if (tag === 'span' && token.includes(MENTION)) [mention, depth] = [[], 0];
    else if (tag === '/span' && mention && depth-- === 0) {
      const name = mention.join('');
      mention = undefined;
      if (!unsaid.has(name)) said.push(name);
    } else if (tag === 'emoji' || tag === 'img') (mention ?? said).push(alternative(token));
    else if (NEW_LINE.has(tag)) (mention ?? said).push('\n');
  }
  return trimmed([...said, ...(mention ?? [])].join(''));
}

/** What was written where there is no HTML: mentions as their names. */
export function plainWords(text: string, unsaid: ReadonlySet<string>): string {
  return trimmed(
    text.replace(/<at>([^<]*)<\/at>/g, (_, name: string) => {
      const read = decoded(name);
      return unsaid.has(read) ? '' : read;
    }),
  );
}

export function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Smileys are pictures with the sign as their description. */
function alternative(tag: string): string {
  return /schema\.skype\.com\/Emoji|^<emoji/i.test(tag) ? decoded(/\balt="([^"]*)"/i.exec(tag)?.[1] ?? '') : '';
}

function trimmed(text: string): string {
  return text.replaceAll('\u00a0', ' ').trim();
}
