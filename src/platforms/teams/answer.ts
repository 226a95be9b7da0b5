import type { Card } from '../../chat/card.js';
import type { Form } from '../../chat/form.js';
import { LIMITS } from './limits.js';
import { words } from './plain.js';
import { CARD_TYPE, renderInDialog, type Surroundings } from './render.js';
import { type Filled, renderForm } from './render-form.js';
import type { AdaptiveCard } from './shapes.js';

/* The bodies of our answers to invokes. */

/** Words below the card that was pressed, for the one who pressed. Teams knows no answer to an execute that shows nothing. */
export function toast(value: string): object {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
}

/** An invoke we cannot read. */
export const UNREADABLE = {
  statusCode: 400,
  type: 'application/vnd.microsoft.error',
  value: { code: 'BadRequest', message: 'BadRequest' },
} as const;

/** Teams closes the dialog at an answer without a body, and opens none. */
export const CLOSED = undefined;

/** A dialog of one sentence. */
export function sentenceDialog(value: string): object {
  return { task: { type: 'message', value } };
}

export function formDialog(form: Form, filled: Filled): object {
  const { title, card } = renderForm(form, filled);
  return dialog(title, card, form.fields.length > FEW_FIELDS ? 'large' : 'medium');
}

/** Words to read: a sentence as such, anything more as a card. */
export function cardDialog(card: Card, surroundings: Surroundings, fallbackTitle: string): object {
  const sentence = sentenceOf(card);
  if (sentence !== undefined) return sentenceDialog(sentence);
  const { title, card: drawn } = renderInDialog(card, surroundings);
  const above = title || fallbackTitle || words(card.summary, LIMITS.dialogTitle);
  return dialog(above, drawn, card.elements.length > FEW_FIELDS ? 'large' : 'medium');
}

/** More of them do not fit a dialog of ordinary height. */
const FEW_FIELDS = 4;

function dialog(title: string, content: AdaptiveCard, height: 'medium' | 'large'): object {
  return { task: { type: 'continue', value: { title, width: 'medium', height, card: { contentType: CARD_TYPE, content } } } };
}

/**
 * The words of a card that is one plain sentence, short enough to stand below a button; undefined for any other card.
 */
export function sentenceOf(card: Card): string | undefined {
  const [element, ...others] = card.elements;
  if (card.title !== undefined || card.buttons.length > 0 || others.length > 0) return undefined;
  if (element === undefined) return card.summary;
  if (element.kind !== 'lines') return undefined;
  const [line, ...more] = element.lines;
  if (line === undefined || more.length > 0 || !line.every((span) => typeof span === 'string')) return undefined;
  const sentence = line.join('');
  return sentence.length <= SHORT ? sentence : undefined;
}

const SHORT = 300;
