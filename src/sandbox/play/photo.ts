import { crc32, deflateSync } from 'node:zlib';

const [WIDTH, HEIGHT] = [640, 480];
const SKY = [207, 227, 242] as const;
const GROUND = [141, 148, 153] as const;
const GLASS = [220, 235, 245] as const;
const TYRE = [34, 34, 34] as const;

/** A photo of a car that never was, in this colour, as PNG. */
export function carPhoto(colour: readonly [number, number, number]): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc((WIDTH * 3 + 1) * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) rows.set(colourAt(x, y, colour), y * (WIDTH * 3 + 1) + 1 + x * 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return new Uint8Array(
    Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]),
  );
}

function colourAt(x: number, y: number, body: readonly [number, number, number]): readonly number[] {
  const wheel = [190, 450].some((centre) => Math.hypot(x - centre, y - 340) < 42);
  if (wheel) return TYRE;
  if (y > 232 && y < 330 && x > 95 && x < 545) return body;
  if (y > 160 && y <= 232 && x > 185 && x < 440) return y > 172 && y < 225 && Math.abs(x - 312) > 8 && x > 198 && x < 427 ? GLASS : body;
  return y < 310 ? SKY : GROUND;
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
