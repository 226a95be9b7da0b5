/** What the service accepts. Sources: Microsoft's pages on bot messages, cards and manifests; the stricter where two disagree. */
export const LIMITS = {
  /** Bytes of a message's text, cards and mentions in UTF-16: `MessageSizeTooBig`. */
  messageBytes: 100 * 1024,
  /** Bytes of any request. */
  requestBytes: 4_000_000,
  cardVersion: [1, 5],
  /** Members of one page. */
  pageSize: 500,
  tokenSeconds: 3_600,
} as const;

/** Times of the protocol, in milliseconds. */
export interface Times {
  /** A card's action or a dialog not answered by then has failed before the person's eyes. The service waits longer; people do not. */
  readonly invokeMs: number;
  /** A message not taken by then is sent again. */
  readonly messageMs: number;
  /** Pauses before a message is sent again. */
  readonly retriesMs: readonly number[];
}

export const TIMES: Times = { invokeMs: 5_000, messageMs: 15_000, retriesMs: [1_000, 5_000] };
