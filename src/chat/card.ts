import type { FileId, Line } from './text.js';

/**
 * A message, anywhere: a title, some elements, some buttons. A pure value; rendering it twice gives the same message.
 * Closed vocabulary: a new element breaks the build until every platform renders it.
 */
export interface Card {
  /** One line for notifications and screen readers. */
  readonly summary: string;
  /** Shown large; plain text. */
  readonly title?: string;
  readonly elements: readonly Element[];
  readonly buttons: readonly Button[];
}

/** What stands in a card between its title and its buttons. */
export type Element =
  /** Ordinary lines. */
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  /** Label and value pairs, in two columns where there is room. */
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  /** Words of a customer or colleague, set apart as a quotation. Plain text from outside. */
  | { readonly kind: 'quote'; readonly text: string }
  /** Small print. */
  | { readonly kind: 'aside'; readonly line: Line }
  /** A picture of ours at a public https address. */
  | { readonly kind: 'picture'; readonly url: string; readonly description: string }
  /** A picture handed to platforms before, as each knows it; a platform that knows none of the ids shows the description. */
  | { readonly kind: 'photo'; readonly files: readonly FileId[]; readonly description: string }
  /** One thing of a list: its lines, and buttons of its own below them. */
  | { readonly kind: 'row'; readonly lines: readonly Line[]; readonly buttons: readonly Button[] };

export interface Fact {
  readonly label: string;
  readonly value: Line;
}

/** A button acts, or opens a form or words to read; cards have no inputs. */
export interface Button {
  /** Public and permanent: `claim.take`. */
  readonly action: string;
  readonly label: string;
  /** The id of the thing acted upon and nothing else; rights are never read from it. */
  readonly subject: string;
  readonly style?: 'primary' | 'danger';
  /** Answered by a form, or by words to read, rather than by an act: some platforms must know before it is pressed. */
  readonly opens?: true;
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string; readonly no: string };
}

/** A message that is one plain sentence. */
export function sentence(text: string): Card {
  return { summary: text, elements: [{ kind: 'lines', lines: [[text]] }], buttons: [] };
}
