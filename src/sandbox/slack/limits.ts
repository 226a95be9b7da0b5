/**
 * What Slack accepts, in characters, items or bytes. Sources: the Block Kit reference, the typings of Slack's own SDK
 * and the method pages on docs.slack.dev; where two disagree the stricter number stands here.
 */
export const LIMITS = {
  blocksPerMessage: 50,
  blocksPerView: 100,
  /** Bytes of a view's JSON: `view_too_large`. */
  viewBytes: 250_000,
  /** Visible characters of all blocks of one message: `msg_blocks_too_long`. Observed by users, not documented. */
  blockTextPerMessage: 13_200,
  postText: 40_000,
  updateText: 4_000,
  /** `markdown` blocks, summed over the message. */
  markdown: 12_000,
  sectionText: 3_000,
  sectionField: 2_000,
  sectionFields: 10,
  headerText: 150,
  contextElements: 10,
  actionsElements: 25,
  contextActions: 5,
  inputLabel: 2_000,
  inputHint: 2_000,
  imageTitle: 2_000,
  imageAlt: 2_000,
  imageUrl: 3_000,
  buttonText: 75,
  buttonValue: 2_000,
  buttonUrl: 3_000,
  accessibilityLabel: 75,
  placeholder: 150,
  optionText: 75,
  optionValue: 75,
  optionDescription: 75,
  optionUrl: 3_000,
  optionsOverflow: 5,
  optionsChoice: 10,
  optionsSelect: 100,
  optionGroups: 100,
  groupLabel: 75,
  /** action_id, block_id, callback_id, external_id. */
  id: 255,
  privateMetadata: 3_000,
  modalLabel: 24,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  inputLength: 3_000,
  filesPerInput: 10,
  tableRows: 100,
  tableColumns: 20,
  tableCharacters: 10_000,
  tablesPerMessage: 1,
  dataTableRows: 101,
  dataTablePage: 100,
  chartTitle: 50,
  chartLabel: 20,
  chartCategories: 20,
  chartSeries: 6,
  chartsPerMessage: 2,
  videoTitle: 200,
  videoAuthor: 50,
  listIndent: 8,
  attachments: 100,
  /** Characters of a metadata payload's JSON. The error exists in the documentation, the number is ours. */
  metadata: 8_000,
  modalStack: 3,
  historyPage: 999,
  responseUrlUses: 5,
} as const;

/** Times of the protocol, in milliseconds. */
export interface Times {
  /** An interaction or event not answered by then has failed. */
  readonly ackMs: number;
  readonly triggerMs: number;
  readonly responseUrlMs: number;
  /** Pauses before the retries of an event. */
  readonly retriesMs: readonly number[];
  /** How long an uploaded file has no type because it is being scanned. */
  readonly scanMs: number;
}

export const TIMES: Times = {
  ackMs: 3_000,
  triggerMs: 3_000,
  responseUrlMs: 30 * 60_000,
  retriesMs: [0, 60_000, 300_000],
  scanMs: 250,
};
