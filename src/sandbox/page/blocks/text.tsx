import type { JSX } from 'preact';
import { emojiText } from '../emoji.js';
import { Formatted } from '../formatted.js';
import { parseMrkdwn } from '../mrkdwn.js';
import type { TextObject } from './types.js';

/** A text object: `mrkdwn` is parsed, `plain_text` is not, but for emoji names. */
export function Text({ object }: { readonly object: TextObject }): JSX.Element {
  if (object.type === 'mrkdwn')
    return (
      <Formatted
        paragraphs={parseMrkdwn(object.text, {
          verbatim: object.verbatim ?? false,
        })}
      />
    );
  const shown = object.emoji === false ? object.text : object.text.replace(/:([a-z0-9_+'-]+):/g, (_, name: string) => emojiText(name));
  return <span class="text">{shown}</span>;
}
