import type { Button, Card, Element } from '../../chat/card.js';
import type { FileId, Line } from '../../chat/text.js';
import { type Allowance, allowance } from '../plain.js';
import { LIMITS } from './limits.js';
import { notification, words } from './plain.js';
import { readPicture } from './refs.js';
import { type Drawing, lineBlock, mentionsOfCard } from './rich-text.js';
import type { Action, ActionSet, AdaptiveCard, ButtonData, Item, Mention, Submit } from './shapes.js';

/** Cards as a bot sends them: `summary` for notifications, the attachments for the screen, one below the other. */
export interface TeamsMessage {
  readonly type: 'message';
  readonly summary: string;
  readonly attachments: readonly [Attached, ...Attached[]];
}

interface Attached {
  readonly contentType: typeof CARD_TYPE;
  readonly content: AdaptiveCard;
}

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
const CARD_SCHEMA = 'http://adaptivecards.io/schemas/adaptive-card.json';

export interface Surroundings {
  /** Where people's browsers reach our pictures, without a trailing slash; without it they are described in words. */
  readonly publicUrl?: (() => string) | undefined;
}

/** Where a card is shown. A dialog knows no `Action.Execute`; there every button is told as a form would be. */
type Where = 'message' | 'dialog';

/**
 * Draws a card. Pure. Outside text goes into text runs, which parse nothing, or is escaped beside a mention. Elements
 * that do not fit are left out from the end, buttons never are.
 */
export function renderCard(card: Card, surroundings: Surroundings = {}): TeamsMessage {
  return renderCards(card, [], surroundings);
}

/** Several cards in one message, which they share the room of; the first speaks for all. */
export function renderCards(first: Card, others: readonly Card[], surroundings: Surroundings = {}): TeamsMessage {
  const summary = notification(first.summary, LIMITS.summary) || notification(first.title ?? '', LIMITS.summary);
  const room = Math.floor(LIMITS.message / (1 + others.length));
  const attached = (card: Card): Attached => ({ contentType: CARD_TYPE, content: drawCard(card, surroundings, 'message', room) });
  return { type: 'message', summary, attachments: [attached(first), ...others.map(attached)] };
}

/** The same card inside a dialog, whose title stands above it. */
export function renderInDialog(card: Card, surroundings: Surroundings = {}): { readonly title: string; readonly card: AdaptiveCard } {
  const { title, ...rest } = card;
  return { title: words(title ?? '', LIMITS.dialogTitle), card: drawCard(rest, surroundings, 'dialog') };
}

/** A card of one button that opens a dialog by what it sends: a message cannot open one by itself. */
export function renderOpener(title: string, data: Readonly<Record<string, string>>): TeamsMessage {
  const label = words(title, LIMITS.buttonText);
  const open: Submit = { type: 'Action.Submit', title: label, style: 'positive', data: { msteams: { type: 'task/fetch' }, ...data } };
  const content = cardOf([{ type: 'ActionSet', actions: [open] }]);
  return { type: 'message', summary: notification(title, LIMITS.summary), attachments: [{ contentType: CARD_TYPE, content }] };
}

function drawCard(card: Card, surroundings: Surroundings, where: Where, room: number = LIMITS.message): AdaptiveCard {
  const rows = buttonRows(card.buttons, where);
  const allow = allowance(LIMITS.cardText);
  const drawing = { allow, mentions: mentionsOfCard() };
  const head = heading(card.title);
  const body = fitting(
    card.elements.flatMap((element) => block(element, drawing, surroundings, where)),
    room - JSON.stringify([head, rows]).length,
  );
  const shown = [...head, ...body];
  if (shown.length === 0 && rows.length === 0) return cardOf(spaced(lineBlock([card.summary], drawing), 'Default'));
  return cardOf([...shown, ...rows], drawing.mentions.all().filter(isIn(JSON.stringify(shown))));
}

/** A card around its items. */
export function cardOf(body: readonly Item[], entities: readonly Mention[] = []): AdaptiveCard {
  const msteams = { width: 'Full', ...(entities.length > 0 && { entities }) } as const;
  return { type: 'AdaptiveCard', $schema: CARD_SCHEMA, version: '1.5', body, msteams };
}

/** Teams refuses a card that announces a mention it does not contain. */
function isIn(json: string): (mention: Mention) => boolean {
  return ({ text }) => json.includes(JSON.stringify(text).slice(1, -1));
}

function fitting(items: readonly Item[], room: number): Item[] {
  let left = room;
  const past = items.findIndex((item) => {
    left -= JSON.stringify(item).length + 1;
    return left < 0;
  });
  return past === -1 ? [...items] : items.slice(0, past);
}

function heading(title: string | undefined): Item[] {
  const text = words(title ?? '', LIMITS.title);
  return text === '' ? [] : [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, size: 'Large', weight: 'Bolder' }] }];
}

function block(element: Element, drawing: Drawing, surroundings: Surroundings, where: Where): Item[] {
  switch (element.kind) {
    case 'lines':
      return element.lines.flatMap((line, n) => spaced(lineBlock(line, drawing), n === 0 ? 'Default' : 'Small'));
    case 'facts':
      return element.facts.flatMap(({ label, value }, n) => fact(label, value, drawing, n === 0 ? 'Medium' : 'Small'));
    case 'quote':
      return quote(element.text, drawing);
    case 'aside':
      return aside(element.line, drawing);
    case 'picture':
      return picture(element.url, element.description, drawing);
    case 'photo':
      return photo(element.files, element.description, drawing, surroundings);
    case 'row':
      return row(element.lines, element.buttons, drawing, where);
  }
}

/** One item, so that it is shown whole or not at all: buttons without the words they belong to would be pressed blindly. */
function row(lines: readonly Line[], buttons: readonly Button[], drawing: Drawing, where: Where): Item[] {
  const shown = lines.flatMap((line, n) => spaced(lineBlock(line, drawing), n === 0 ? 'Default' : 'None'));
  if (shown.length === 0) return [];
  // A line above each: the buttons of one stand as near to the words of the next.
  return [{ type: 'Container', separator: true, spacing: 'Medium', items: [...shown, ...buttonRows(buttons, where)] }];
}

function spaced(item: ReturnType<typeof lineBlock>, spacing: 'Default' | 'Small' | 'None'): Item[] {
  return item === undefined ? [] : [{ ...item, spacing }];
}

/** Two columns of the same widths in every fact. Teams' own facts read Markdown, these do not. */
function fact(label: string, value: Line, drawing: Drawing, spacing: 'Medium' | 'Small'): Item[] {
  const [left, right] = [lineBlock([label], drawing, { isSubtle: true }), lineBlock(value, drawing)];
  if (left === undefined && right === undefined) return [];
  const column = (width: number, item: typeof left) => ({ type: 'Column' as const, width, items: item === undefined ? [] : [item] });
  return [{ type: 'ColumnSet', spacing, columns: [column(1, left), column(2, right)] }];
}

function quote(text: string, drawing: Drawing): Item[] {
  const lines = drawing.allow(text.trim(), LIMITS.quote).split('\n');
  const shown = [...lines.slice(0, LIMITS.quoteLines - 1), lines.slice(LIMITS.quoteLines - 1).join(' ')];
  const free: Drawing = { ...drawing, allow: unchanged };
  const items = shown.flatMap((line) => spaced(lineBlock([line], free), 'None'));
  return items.length === 0 ? [] : [{ type: 'Container', style: 'emphasis', items }];
}

/** For text that has been counted already. */
const unchanged: Allowance = (text) => text;

function aside(line: Line, drawing: Drawing): Item[] {
  return spaced(lineBlock(line, drawing, { size: 'Small', isSubtle: true }), 'Small');
}

function picture(url: string, description: string, drawing: Drawing): Item[] {
  const fetchable = URL.canParse(url) && new URL(url).protocol === 'https:' && url.length <= LIMITS.imageUrl;
  return fetchable ? [image(new URL(url).href, description)] : aside([description], drawing);
}

function photo(files: readonly FileId[], description: string, drawing: Drawing, { publicUrl }: Surroundings): Item[] {
  const [path] = files.flatMap((file) => readPicture(file) ?? []);
  if (path === undefined || publicUrl === undefined) return aside([description], drawing);
  return [image(`${publicUrl()}${path}`, description)];
}

function image(url: string, description: string): Item {
  return { type: 'Image', url, altText: words(description, LIMITS.imageAlt), size: 'Large', msteams: { allowExpand: true } };
}

function buttonRows(buttons: readonly Button[], where: Where): ActionSet[] {
  const rows: ActionSet[] = [];
  for (let first = 0; first < buttons.length; first += LIMITS.buttonsPerRow) {
    const row = buttons.slice(first, first + LIMITS.buttonsPerRow);
    rows.push({ type: 'ActionSet', actions: row.map((button) => action(button, where)) });
  }
  return rows;
}

/** Teams asks nobody whether they are sure, so a button that wants it unfolds the question and the real button below itself. */
function action(button: Button, where: Where): Action {
  const { confirm } = button;
  if (!confirm) return press(button, titleOf(button), where);
  const drawing = { allow: allowance(LIMITS.confirmTitle + LIMITS.confirmText), mentions: mentionsOfCard() };
  const asked = [lineBlock([{ bold: confirm.title }], drawing), lineBlock([confirm.text], drawing)].flatMap((item) => item ?? []);
  const yes = words(confirm.yes, LIMITS.confirmButton) || titleOf(button);
  const body: Item[] = [...asked, { type: 'ActionSet', actions: [press(button, yes, where)] }];
  return { type: 'Action.ShowCard', title: titleOf(button), ...styleOf(button), card: { type: 'AdaptiveCard', version: '1.5', body } };
}

/**
 * Only a "submit" can open a dialog; anything else is an "execute", which is answered in place and has a "submit" for
 * clients that do not know it. All three carry the same data.
 */
function press(button: Button, title: string, where: Where): Action {
  const data: ButtonData = { verb: button.action, subject: button.subject };
  const submit = (more: object): Submit => ({ type: 'Action.Submit', title, ...styleOf(button), data: { ...more, ...data } });
  if (where === 'dialog') return submit({});
  if (button.opens) return submit({ msteams: { type: 'task/fetch' } });
  return { type: 'Action.Execute', title, verb: button.action, data, ...styleOf(button), fallback: submit({}) };
}

function titleOf(button: Button): string {
  return words(button.label, LIMITS.buttonText) || button.action;
}

function styleOf({ style }: Button): { style?: 'positive' | 'destructive' } {
  return style ? { style: style === 'primary' ? 'positive' : 'destructive' } : {};
}
