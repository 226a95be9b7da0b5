import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const EACH = 16;
/** Random bytes for a thousand ids: to ask the system for each alone costs more than all the rest of an id. */
const pool = new Uint8Array(1_000 * EACH);
let used = pool.length;
let last = { msecs: 0, seq: 0 };

/** A new id. Ids of one process grow with time, so that the oldest of two is the smaller one. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + EACH);
  used += EACH;
  const now = Date.now();
  // Within a millisecond, and while the clock is being set back, counted from a random number on.
  last = now > last.msecs ? { msecs: now, seq: readUInt31(random) } : { msecs: last.msecs, seq: last.seq + 1 };
  return v7({ random, ...last });
}

function readUInt31(bytes: Uint8Array): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, 4).readUInt32BE() >>> 1;
}
