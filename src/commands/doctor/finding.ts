/** One thing that was looked at, as the installer reads it. */
export interface Finding {
  /** `good`: it works. `bad`: Forecourt will not do its work until this is corrected. `note`: worth knowing. */
  readonly mark: 'good' | 'bad' | 'note';
  /** What was looked at and what was found: a sentence. Never a secret. */
  readonly text: string;
  /** What to do, naming the setting and where it stands. */
  readonly remedy?: string;
}

export function good(text: string): Finding {
  return { mark: 'good', text };
}

export function bad(text: string, remedy: string): Finding {
  return { mark: 'bad', text, remedy };
}

export function note(text: string, remedy?: string): Finding {
  return remedy === undefined ? { mark: 'note', text } : { mark: 'note', text, remedy };
}

const SIGN = { good: '✓', bad: '✗', note: '!' } as const;

/** The finding on a line of its own, its remedy on the next. */
export function printed({ mark, text, remedy }: Finding): string {
  return `${SIGN[mark]} ${text}\n${remedy === undefined ? '' : `    ${remedy}\n`}`;
}
