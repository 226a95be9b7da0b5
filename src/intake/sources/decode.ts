/** Text of a body, and a sentence when it was not written in the encoding it claims. */
export interface Decoded {
  readonly text: string;
  readonly problem: string | null;
}

const NOT_VALID = 'The body is not valid in its character set; it was read as UTF-8 or Windows-1252.';

/** What Windows-1252 has where ISO 8859-1 has control characters, from 0x80 on; unassigned places stay as they are. */
const HIGH_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Bytes to text. A byte order mark decides first, then `charset`, then UTF-8; bytes that are not what they claim to
 * be are read as Windows-1252, where every byte is a character, so that an accent never costs a lead.
 */
export function decodeBytes(bytes: Buffer, charset: string | null): Decoded {
  const encoding = markedEncoding(bytes) ?? unmarkedUtf16(bytes, charset) ?? charset ?? 'utf-8';
  const text = narrowNotWide(bytes, encoding) ? null : decodedAs(encoding, bytes);
  if (text !== null) return { text, problem: null };
  return {
    text: decodedAs('utf-8', bytes) ?? windows1252(bytes),
    problem: NOT_VALID,
  };
}

function decodedAs(encoding: string, bytes: Buffer): string | null {
  try {
    const decoder = new TextDecoder(encoding, { fatal: true });
    return decoder.encoding === 'windows-1252' ? windows1252(bytes) : decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Node 20 decodes Windows-1252 as if it were ISO 8859-1, and so loses the euro sign. */
function windows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (character) => HIGH_CONTROLS[character.charCodeAt(0) - 0x80] ?? character);
}

/** A program that builds text in memory declares UTF-16 and then sends UTF-8: no body of ours starts without a zero byte. */
function narrowNotWide(bytes: Buffer, encoding: string): boolean {
  return /^utf-?16/.test(encoding) && markedEncoding(bytes) === null && bytes[0] !== 0 && bytes[1] !== 0;
}

/** `utf-16` without a mark: the zero byte beside the first character (`<`, `{`) tells the order. */
function unmarkedUtf16(bytes: Buffer, charset: string | null): string | null {
  const wide = charset === 'utf-16' || charset === null;
  if (!wide || bytes.length < 4) return null;
  if (bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0) return 'utf-16be';
  if (bytes[0] !== 0 && bytes[1] === 0 && bytes[3] === 0) return 'utf-16le';
  return null;
}

function markedEncoding(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}
