import { crc32 } from 'node:zlib';
import sharp, { type Create } from 'sharp';

/** A car it is not, but no two places of it look alike. */
export function scene(width = 320, height = 240) {
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i += 1) {
    const [x, y] = [i % width, Math.floor(i / width)];
    pixels.set([(x * 255) / width, (y * 255) / height, (x ^ y) & 0xff], i * 3);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** One colour all over, made without holding it all. */
export function plain(width: number, height: number, background: Create['background']) {
  return sharp({ create: { width, height, channels: 4, background }, limitInputPixels: false });
}

/** Two pictures, one below the other, to be played in turn. */
export function film() {
  const pixels = Buffer.concat([Buffer.alloc(8 * 8 * 3, 20), Buffer.alloc(8 * 8 * 3, 220)]);
  return sharp(pixels, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } });
}

export async function colourAt(picture: Buffer, left: number, top: number): Promise<number[]> {
  return [...(await sharp(picture).extract({ left, top, width: 1, height: 1 }).removeAlpha().toColourspace('srgb').raw().toBuffer())];
}

/** The markers of a JPEG up to its pixels, and whether anything follows its end. */
export function anatomy(jpeg: Buffer) {
  const markers: number[] = [];
  let at = 2;
  for (; jpeg[at + 1] !== 0xda; at += 2 + jpeg.readUInt16BE(at + 2)) markers.push(jpeg[at + 1] ?? 0);
  return { markers, behind: jpeg.length - (jpeg.indexOf(Buffer.from([0xff, 0xd9]), at) + 2) };
}

export function withSegment(jpeg: Buffer, marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A PNG of this size that promises far more than it holds. */
export function hollowPng(width: number, height: number, interlaced = false): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, interlaced ? 1 : 0]);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  const chunks = [chunk('IHDR', header), chunk('IDAT', Buffer.from('789c0300', 'hex')), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
}

/** The same JPEG, saying that it is of another size. */
export function resized(jpeg: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(jpeg);
  const frame = Math.max(copy.indexOf(Buffer.from('ffc00011', 'hex')), copy.indexOf(Buffer.from('ffc20011', 'hex')));
  copy.writeUInt16BE(height, frame + 5);
  copy.writeUInt16BE(width, frame + 7);
  return copy;
}

export function container(...brands: string[]): Buffer {
  const box = Buffer.from(`____ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`, 'latin1');
  box.writeUInt32BE(box.length);
  return Buffer.concat([box, Buffer.alloc(400, 1)]);
}
