/**
 * What Teams accepts, in UTF-16 units unless said otherwise. Text is shortened to these before it is escaped.
 * Sources: Microsoft's pages on bot messages, cards and dialogs; where they are silent the number is ours.
 */
export const LIMITS = {
  /** A whole message, as JSON. Teams refuses more than about 100 KB of UTF-16, which is 50,000 units; we stay below 80 KB. */
  message: 38_000,
  /** All words of one card together. */
  cardText: 12_000,
  title: 200,
  /** What notifications show. */
  summary: 300,
  /** One run of text in a line. */
  span: 1_000,
  quote: 2_500,
  /** Lines of one quotation; the rest is joined to the last. */
  quoteLines: 40,
  aside: 1_000,
  imageUrl: 2_000,
  imageAlt: 300,
  linkUrl: 2_000,
  buttonText: 75,
  /** A card offers at most six actions in a row. */
  buttonsPerRow: 6,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  dialogTitle: 60,
  label: 300,
  hint: 500,
  placeholder: 150,
  input: 3_000,
  options: 100,
  optionText: 120,
  remark: 3_000,
  /** A sentence under a field at fault. */
  fault: 300,
  /** Somebody's name in a mention. */
  name: 60,
  /** Bytes of a request from Teams. */
  requestBody: 262_144,
} as const;
