import { shorten } from '../../chat/text.js';
import { oneLine } from '../plain.js';

const JOINER = '\u2060';

/**
 * Cards replace `{{DATE(…)}}` and `{{TIME(…)}}` in any text, and templates `${…}`. An invisible joiner after the first
 * character prevents both; nothing else of the text changes.
 */
export function inert(text: string): string {
  return text.replace(/[{$](?=\{)/g, `$&${JOINER}`);
}

/** On one line, no longer than `max`, and nothing a card would replace. */
export function words(text: string, max: number): string {
  return inert(oneLine(text, max));
}

/** Escapes everything Markdown could read as more than words, for the one element of a card that reads Markdown. */
export function escapeMarkdown(text: string): string {
  return inert(text.replaceAll('\n', ' ')).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Notifications show this as it is; nothing in it can pass for a tag. */
export function notification(text: string, max: number): string {
  return words(text, max).replaceAll('<', '‹').replaceAll('>', '›');
}

/**
 * The name of somebody as it may stand between `<at>` and `</at>`: without anything Markdown or XML could read. Empty
 * when nothing is left of it.
 */
export function mentionName(name: string, max: number): string {
  return shorten(
    name
      .replace(/[^\p{L}\p{N}\p{M} .'’-]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
    max,
  );
}

/** The five characters XML reserves. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;');
}
