/**
 * Formatted text as the page draws it: what `mrkdwn` and `rich_text` both become. A pure value; nothing in it is HTML.
 */
export type Paragraph =
  | { readonly kind: 'lines'; readonly spans: readonly Span[] }
  | { readonly kind: 'quote'; readonly spans: readonly Span[] }
  | { readonly kind: 'preformatted'; readonly text: string }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly indent: number;
      readonly start: number;
      readonly items: readonly (readonly Span[])[];
    };

export interface Style {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
}

export type Span =
  | { readonly kind: 'text'; readonly text: string; readonly style: Style }
  | {
      readonly kind: 'link';
      readonly url: string;
      readonly text: string;
      readonly style: Style;
    }
  | { readonly kind: 'user'; readonly id: string; readonly style: Style }
  | { readonly kind: 'channel'; readonly id: string; readonly style: Style }
  /** `@here`, `@channel`, `@everyone`, or a group's handle. */
  | {
      readonly kind: 'broadcast';
      readonly range: string;
      readonly style: Style;
    }
  | { readonly kind: 'emoji'; readonly name: string; readonly style: Style }
  /** A moment in Slack's `{date_short}` notation. `timestamp` is in seconds. */
  | {
      readonly kind: 'date';
      readonly timestamp: number;
      readonly format: string;
      readonly fallback: string;
      readonly style: Style;
    };

const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** The address when a person may follow it: http, https, mailto or tel; null for anything else. */
export function safeUrl(url: string): string | null {
  if (/^tel:[+\d().\s-]+$/i.test(url)) return url;
  try {
    return SCHEMES.has(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

/** A link when the address is allowed, else its words alone. */
export function linkSpan(url: string, text: string, style: Style): Span {
  return safeUrl(url) === null ? { kind: 'text', text, style } : { kind: 'link', url, text, style };
}
