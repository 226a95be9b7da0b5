/** Names of HTML's Latin-1 characters, U+00A0 to U+00FF, in the order of their code points. */
const LATIN_1 = (
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot ' +
  'cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml ' +
  'Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
  'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ' +
  'ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
).split(' ');

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['euro', '€'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['hellip', '…'],
  ['oelig', 'œ'],
  ['OElig', 'Œ'],
  ...LATIN_1.map((name, i): [string, string] => [name, String.fromCharCode(0xa0 + i)]),
]);

/** A character reference as XML or HTML writes it; anchor it where needed. */
export const REFERENCE = /&(?:#(?<decimal>\d{1,7})|#[xX](?<hex>[\dA-Fa-f]{1,6})|(?<name>[A-Za-z][A-Za-z0-9]{1,9}));/y;

/** The character a reference stands for; null when it stands for none that XML allows. */
export function referenced(groups: Readonly<Record<string, string | undefined>>): string | null {
  if (groups.name !== undefined) return NAMED.get(groups.name) ?? null;
  const code = groups.hex === undefined ? Number(groups.decimal ?? 'none') : Number.parseInt(groups.hex, 16);
  const character = code === 9 || code === 10 || code === 13 || (code >= 32 && code < 0xd800) || (code > 0xdfff && code < 0xfffe);
  return character || (code > 0xffff && code <= 0x10ffff) ? String.fromCodePoint(code) : null;
}
