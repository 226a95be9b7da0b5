/** A `Content-Type` header, taken apart. */
export interface MediaType {
  /** Lower case, without parameters: `application/json`; empty when the header has none. */
  readonly type: string;
  /** The `charset` parameter in lower case; null when absent. */
  readonly charset: string | null;
}

/** Longer headers are not content types. */
const LONGEST_HEADER = 1_000;

/** Reads a `Content-Type` header. Never throws; a header nobody could read gives an empty type. */
export function mediaType(header: string | undefined): MediaType {
  const [type = '', ...parameters] = (header ?? '').slice(0, LONGEST_HEADER).split(';');
  return { type: type.trim().toLowerCase(), charset: charsetOf(parameters) };
}

function charsetOf(parameters: readonly string[]): string | null {
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=');
    if (name.trim().toLowerCase() !== 'charset') continue;
    const charset = value.replace(/["'\s]/g, '').toLowerCase();
    return charset === '' ? null : charset;
  }
  return null;
}
