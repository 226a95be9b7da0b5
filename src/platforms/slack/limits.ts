/**
 * What Slack accepts, in UTF-16 units unless said otherwise. Text is shortened to these before it is escaped.
 * Sources: Slack's Block Kit reference and the typings of its own client; `cardText` is ours: users
 * see blocks refused above about 13,200 characters in all.
 */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  header: 150,
  /** The notification text. Escaping and defusing make it at most six times longer; an update refuses more than 4,000. */
  fallback: 600,
  /** One run of text in a line. */
  span: 1_000,
  quote: 2_500,
  context: 1_000,
  cardText: 12_000,
  /** Of each card on the Home tab, where a whole page may weigh 250 KB. */
  homeCardText: 24_000,
  imageUrl: 3_000,
  imageAlt: 2_000,
  linkUrl: 3_000,
  buttonText: 75,
  /** Slack allows 25 in a block; more than five wrap badly on a phone. */
  buttonsPerRow: 5,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  viewTitle: 24,
  viewButton: 24,
  label: 2_000,
  hint: 2_000,
  placeholder: 150,
  input: 3_000,
  options: 100,
  /** Files in one field of a form. */
  files: 10,
  optionText: 75,
  remark: 3_000,
  /** A sentence under a field at fault. */
  fault: 300,
  /** Bytes of a request from Slack. */
  requestBody: 1_048_576,
} as const;
