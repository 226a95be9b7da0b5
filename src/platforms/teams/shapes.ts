/* Adaptive Cards 1.5 as plain JSON: what we draw of them, and no more. */

export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema?: string;
  readonly version: '1.5';
  readonly body: readonly Item[];
  readonly actions?: readonly Action[];
  readonly msteams?: { readonly width?: 'Full'; readonly entities?: readonly Mention[] };
}

export type Item = TextBlock | RichTextBlock | Container | ColumnSet | Picture | ActionSet | Input;

type Spacing = 'None' | 'Small' | 'Default' | 'Medium';
type Look = {
  readonly size?: 'Small' | 'Large';
  readonly weight?: 'Bolder';
  readonly color?: 'Attention';
  readonly isSubtle?: true;
};

/** Parses Markdown: for mentions alone, everything else in it escaped. */
export interface TextBlock extends Look {
  readonly type: 'TextBlock';
  readonly text: string;
  readonly wrap: true;
  readonly spacing?: Spacing;
}

/** Parses nothing. */
export interface RichTextBlock {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly TextRun[];
  readonly spacing?: Spacing;
}

export interface TextRun extends Look {
  readonly type: 'TextRun';
  readonly text: string;
  readonly selectAction?: OpenUrl;
}

interface Container {
  readonly type: 'Container';
  readonly style?: 'emphasis';
  readonly separator?: true;
  readonly items: readonly Item[];
  readonly spacing?: Spacing;
}

interface ColumnSet {
  readonly type: 'ColumnSet';
  readonly columns: readonly { readonly type: 'Column'; readonly width: number; readonly items: readonly Item[] }[];
  readonly spacing?: Spacing;
}

interface Picture {
  readonly type: 'Image';
  readonly url: string;
  readonly altText: string;
  readonly size?: 'Large';
  readonly msteams?: { readonly allowExpand: true };
}

export interface ActionSet {
  readonly type: 'ActionSet';
  readonly actions: readonly Action[];
}

export type Input =
  | (Asked & {
      readonly type: 'Input.Text';
      readonly isMultiline?: boolean;
      readonly maxLength?: number;
      readonly placeholder?: string;
    })
  | (Asked & {
      readonly type: 'Input.ChoiceSet';
      readonly style: 'compact';
      readonly choices: readonly { readonly title: string; readonly value: string }[];
    })
  | (Asked & { readonly type: 'Input.Date' })
  | (Asked & { readonly type: 'Input.Time' });

interface Asked {
  readonly id: string;
  readonly label: string;
  readonly value?: string;
  readonly isRequired?: true;
  readonly errorMessage?: string;
}

export type Action = Execute | Submit | OpenUrl | ShowCard;

interface Titled {
  readonly title: string;
  readonly style?: 'positive' | 'destructive';
}

/** Told to the bot as an invoke, answered in place. */
export interface Execute extends Titled {
  readonly type: 'Action.Execute';
  readonly verb: string;
  readonly data: ButtonData;
  /** For clients that do not know `Action.Execute`. */
  readonly fallback: Submit;
}

export interface Submit extends Titled {
  readonly type: 'Action.Submit';
  readonly data: Readonly<Record<string, unknown>>;
}

export interface OpenUrl {
  readonly type: 'Action.OpenUrl';
  readonly title?: string;
  readonly url: string;
}

/** Unfolds a card below itself: how we ask whether somebody is sure. */
interface ShowCard extends Titled {
  readonly type: 'Action.ShowCard';
  readonly card: AdaptiveCard;
}

/** What a button of ours sends: its verb, and the id of the thing it is about. */
export interface ButtonData {
  readonly verb: string;
  readonly subject: string;
}

export interface Mention {
  readonly type: 'mention';
  readonly text: string;
  readonly mentioned: { readonly id: string; readonly name: string };
}
