/** A form: a Slack modal, a Teams dialog. Ids are public and permanent. */
export interface Form {
  /** Slack: `callback_id`. */
  readonly id: string;
  readonly title: string;
  readonly submit: string;
  readonly cancel: string;
  /** The id of the thing the form is about, given back on submission; empty when there is none. */
  readonly subject: string;
  readonly fields: readonly Field[];
}

interface Labelled {
  /** Slack: `block_id` and `action_id`. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
}

/** What can be asked. Numbers are asked as text, so that "15 990 €" gets a helpful answer instead of a silent refusal. */
export type Field =
  | (Labelled & {
      readonly kind: 'text';
      readonly value?: string;
      readonly long?: boolean;
      readonly max?: number;
      readonly placeholder?: string;
    })
  | (Labelled & { readonly kind: 'choice'; readonly value?: string; readonly options: readonly Option[] })
  | (Labelled & { readonly kind: 'date'; readonly value?: string })
  | (Labelled & { readonly kind: 'time'; readonly value?: string })
  /**
   * Pictures, at most so many; what is really in the files is for the reader to find out. `page`: where they can be sent
   * from a browser, for platforms whose forms take no files.
   */
  | (Labelled & { readonly kind: 'files'; readonly most: number; readonly page?: string })
  /** Words between fields. */
  | { readonly kind: 'remark'; readonly text: string };

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** Field id to what was entered; absent when left empty. Dates are `YYYY-MM-DD`, times `HH:MM`. */
export type FormValues = Readonly<Record<string, string>>;
