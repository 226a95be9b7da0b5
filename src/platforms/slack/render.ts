import type { types } from '@slack/bolt';
import type { Button, Card, Element, Fact } from '../../chat/card.js';
import type { FileId, Line } from '../../chat/text.js';
import { type Allowance, allowance, oneLine } from '../plain.js';
import { LIMITS } from './limits.js';
import { defuse, escapeText } from './plain.js';
import { readFile } from './refs.js';
import { paragraph, richLines } from './rich-text.js';

/** A card as Slack takes it: `text` for notifications and screen readers, `blocks` for the screen. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/**
 * Draws a card. Pure. Outside text goes only into plain text and rich text elements, which Slack does not parse; the
 * notification text is escaped. Elements that do not fit are left out from the end, buttons never are.
 */
export function renderCard(card: Card): SlackMessage {
  const fallback = oneLine(card.summary, LIMITS.fallback) || oneLine(card.title ?? '', LIMITS.fallback);
  return { text: escapeText(defuse(fallback)), blocks: cardBlocks(card, LIMITS.messageBlocks, LIMITS.cardText) };
}

/** A card in at most so many blocks and so much text. */
export function cardBlocks(card: Card, most: number, text: number): types.KnownBlock[] {
  const head = header(card.title);
  const rows = buttonRows(card.buttons).map(actions);
  const listed = card.elements.flatMap((element) => (element.kind === 'row' ? buttonRows(element.buttons).map(actions) : []));
  // Each stands below words of its own: more of them than this are never shown.
  const inside = listed.slice(0, Math.floor(most / 2));
  const allow = allowance(text - JSON.stringify([head, [...rows, ...inside]]).length);
  return [...head, ...fitting(card.elements, allow, most - head.length - rows.length), ...rows];
}

/** As many elements as there is room for, from the first; each whole, with its buttons, or not at all. */
function fitting(elements: readonly Element[], allow: Allowance, room: number): types.KnownBlock[] {
  const shown: types.KnownBlock[] = [];
  for (const element of elements) {
    const blocks = block(element, allow);
    if (shown.length + blocks.length > room) break;
    shown.push(...blocks);
  }
  return shown;
}

/** Plain text that Slack shows as it is, colons and all. */
export function plain(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: oneLine(text, max), emoji: false };
}

function header(title: string | undefined): types.HeaderBlock[] {
  const text = plain(title ?? '', LIMITS.header);
  return text.text === '' ? [] : [{ type: 'header', text }];
}

function block(element: Element, allow: Allowance): types.KnownBlock[] {
  switch (element.kind) {
    case 'lines':
      return present(paragraph(richLines(element.lines, allow)));
    case 'facts':
      return present(paragraph(richLines(element.facts.map(factLine), allow)));
    case 'quote':
      return present(quote(element.text, allow));
    case 'aside':
      return present(aside(element.line, allow));
    case 'picture':
      return present(picture(element, allow));
    case 'photo':
      return present(photo(element, allow));
    case 'row':
      return row(element, allow);
  }
}

/** Buttons without the words they belong to would be pressed blindly. */
function row(element: { readonly lines: readonly Line[]; readonly buttons: readonly Button[] }, allow: Allowance): types.KnownBlock[] {
  const words = present(paragraph(richLines(element.lines, allow)));
  return words.length === 0 ? [] : [...words, ...buttonRows(element.buttons).map(actions)];
}

function present(block: types.KnownBlock | undefined): types.KnownBlock[] {
  return block === undefined ? [] : [block];
}

/** Label and value on one line each: Slack's two-column fields wrap into a ladder on a phone. */
function factLine(fact: Fact): Line {
  return [{ bold: fact.label }, '\u2003', ...fact.value];
}

function quote(text: string, allow: Allowance): types.RichTextBlock | undefined {
  const kept = allow(text.trim(), LIMITS.quote);
  if (kept === '') return undefined;
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: kept }] }],
  };
}

/** Slack's small print holds plain words only; a line with links, people or moments stays of ordinary size. */
function aside(line: Line, allow: Allowance): types.KnownBlock | undefined {
  const words = line.map((span) => (typeof span === 'string' ? span : 'bold' in span ? span.bold : undefined));
  if (words.includes(undefined)) return paragraph(richLines([line], allow));
  const text = allow(words.join('').trim(), LIMITS.context);
  return text === ''
    ? undefined
    : {
        type: 'context',
        elements: [{ type: 'plain_text', text, emoji: false }],
      };
}

/** Slack refuses a whole message for a picture it cannot fetch, so anything but a public address becomes its description. */
function picture(element: { url: string; description: string }, allow: Allowance): types.KnownBlock | undefined {
  const fetchable = URL.canParse(element.url) && new URL(element.url).protocol === 'https:' && element.url.length <= LIMITS.imageUrl;
  if (!fetchable) return aside([element.description], allow);
  return {
    type: 'image',
    image_url: element.url,
    alt_text: oneLine(element.description, LIMITS.imageAlt),
  };
}

function photo(element: { files: readonly FileId[]; description: string }, allow: Allowance): types.KnownBlock | undefined {
  const [id] = element.files.flatMap((file) => readFile(file) ?? []);
  const alt = oneLine(element.description, LIMITS.imageAlt);
  return id === undefined ? aside([element.description], allow) : { type: 'image', slack_file: { id }, alt_text: alt || id };
}

/** Rows of at most five; buttons of the same action stand in different rows because Slack wants action ids unique in a block. */
function buttonRows(buttons: readonly Button[]): Button[][] {
  const rows: Button[][] = [];
  for (const button of buttons) {
    const row = rows.at(-1);
    const fits = row !== undefined && row.length < LIMITS.buttonsPerRow && row.every((other) => other.action !== button.action);
    if (fits) row.push(button);
    else rows.push([button]);
  }
  return rows;
}

function actions(row: readonly Button[]): types.ActionsBlock {
  return { type: 'actions', elements: row.map(button) };
}

function button(source: Button): types.Button {
  return {
    type: 'button',
    action_id: source.action,
    text: plain(oneLine(source.label, LIMITS.buttonText) || source.action, LIMITS.buttonText),
    ...(source.subject === '' ? {} : { value: source.subject }),
    ...(source.style ? { style: source.style } : {}),
    ...(source.confirm ? { confirm: confirmation(source.confirm, source.style) } : {}),
  };
}

function confirmation(confirm: NonNullable<Button['confirm']>, style: Button['style']): types.ConfirmationDialog {
  return {
    title: plain(confirm.title, LIMITS.confirmTitle),
    text: plain(confirm.text, LIMITS.confirmText),
    confirm: plain(confirm.yes, LIMITS.confirmButton),
    deny: plain(confirm.no, LIMITS.confirmButton),
    ...(style ? { style } : {}),
  };
}
