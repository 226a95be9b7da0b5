/**
 * The part of Block Kit the page draws, in Slack's own field names. The workspace has checked every block before
 * storing it, so what has a known `type` has its fields.
 */
export interface TextObject {
  readonly type: 'plain_text' | 'mrkdwn';
  readonly text: string;
  readonly verbatim?: boolean;
  readonly emoji?: boolean;
}

export interface OptionObject {
  readonly text: TextObject;
  readonly value: string;
  readonly description?: TextObject;
}

interface Confirm {
  readonly title: TextObject;
  readonly text: TextObject;
  readonly confirm: TextObject;
  readonly deny: TextObject;
  readonly style?: 'primary' | 'danger';
}

export interface ButtonElement {
  readonly type: 'button';
  readonly action_id: string;
  readonly text: TextObject;
  readonly value?: string;
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: Confirm;
  readonly accessibility_label?: string;
}

export interface ImageElement {
  readonly type: 'image';
  readonly image_url?: string;
  readonly slack_file?: { readonly id?: string; readonly url?: string };
  readonly alt_text: string;
}

interface Asked {
  readonly action_id: string;
  readonly placeholder?: TextObject;
  readonly confirm?: Confirm;
}

/** What can be entered. */
export type InputElement =
  | (Asked & {
      readonly type: 'plain_text_input' | 'email_text_input' | 'url_text_input';
      readonly initial_value?: string;
      readonly multiline?: boolean;
      readonly min_length?: number;
      readonly max_length?: number;
    })
  | (Asked & {
      readonly type: 'number_input';
      readonly initial_value?: string;
      readonly is_decimal_allowed: boolean;
      readonly min_value?: string;
      readonly max_value?: string;
    })
  | (Asked & {
      readonly type: 'static_select';
      readonly options?: readonly OptionObject[];
      readonly option_groups?: readonly {
        readonly label: TextObject;
        readonly options: readonly OptionObject[];
      }[];
      readonly initial_option?: OptionObject;
    })
  | (Asked & {
      readonly type: 'radio_buttons';
      readonly options: readonly OptionObject[];
      readonly initial_option?: OptionObject;
    })
  | (Asked & {
      readonly type: 'checkboxes';
      readonly options: readonly OptionObject[];
      readonly initial_options?: readonly OptionObject[];
    })
  | (Asked & { readonly type: 'datepicker'; readonly initial_date?: string })
  | (Asked & { readonly type: 'timepicker'; readonly initial_time?: string })
  | FileInput;

export interface FileInput extends Asked {
  readonly type: 'file_input';
  /** Endings without the dot; any when absent. */
  readonly filetypes?: readonly string[];
  readonly max_files?: number;
}

export type BlockElement = ButtonElement | ImageElement | InputElement;

interface Identified {
  readonly block_id?: string;
}

export type Block = Identified &
  (
    | { readonly type: 'header'; readonly text: TextObject }
    | {
        readonly type: 'section';
        readonly text?: TextObject;
        readonly fields?: readonly TextObject[];
        readonly accessory?: BlockElement;
      }
    | {
        readonly type: 'context';
        readonly elements: readonly (TextObject | ImageElement)[];
      }
    | { readonly type: 'divider' }
    | { readonly type: 'actions'; readonly elements: readonly BlockElement[] }
    | {
        readonly type: 'image';
        readonly image_url?: string;
        readonly slack_file?: { readonly id?: string; readonly url?: string };
        readonly alt_text: string;
        readonly title?: TextObject;
      }
    | {
        readonly type: 'rich_text';
        readonly elements: readonly RichTextBlock[];
      }
    | InputBlock
  );

export interface InputBlock extends Identified {
  readonly type: 'input';
  readonly label: TextObject;
  readonly element: InputElement;
  readonly hint?: TextObject;
  readonly optional?: boolean;
}

export type RichTextBlock =
  | {
      readonly type: 'rich_text_section' | 'rich_text_quote' | 'rich_text_preformatted';
      readonly elements: readonly RichTextElement[];
    }
  | {
      readonly type: 'rich_text_list';
      readonly style: 'bullet' | 'ordered';
      readonly indent?: number;
      readonly offset?: number;
      readonly elements: readonly {
        readonly elements: readonly RichTextElement[];
      }[];
    };

interface RichStyle {
  readonly style?: {
    readonly bold?: boolean;
    readonly italic?: boolean;
    readonly strike?: boolean;
    readonly code?: boolean;
  };
}

export type RichTextElement = RichStyle &
  (
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'link'; readonly url: string; readonly text?: string }
    | { readonly type: 'user'; readonly user_id: string }
    | { readonly type: 'channel'; readonly channel_id: string }
    | { readonly type: 'usergroup'; readonly usergroup_id: string }
    | { readonly type: 'broadcast'; readonly range: string }
    | { readonly type: 'emoji'; readonly name: string }
    | { readonly type: 'color'; readonly value: string }
    | {
        readonly type: 'date';
        readonly timestamp: number;
        readonly format: string;
        readonly fallback?: string;
      }
  );

/** Blocks out of what the stream carries; anything that is no object with a `type` is left out. */
export function asBlocks(blocks: readonly unknown[] | undefined): readonly Block[] {
  return (blocks ?? []).filter((block): block is Block => typeof block === 'object' && block !== null && 'type' in block);
}
