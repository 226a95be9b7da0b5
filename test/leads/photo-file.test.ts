import { createHash } from 'node:crypto';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type PhotoRefusal, type PreparedPhoto, preparePhoto } from '../../src/leads/photo-file.js';
import { anatomy, colourAt, container, film, hollowPng, plain, resized, scene, withSegment } from '../support/pictures.js';

const REASONS: readonly PhotoRefusal['refused'][] = ['not-a-picture', 'too-large', 'too-many-pixels', 'heic', 'animated', 'damaged'];
const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>';

async function prepared(bytes: Buffer): Promise<PreparedPhoto> {
  const photo = await preparePhoto(bytes);
  if ('refused' in photo) expect.unreachable(`refused: ${photo.refused}`);
  return photo;
}

/** In a word: why it was refused, or the size of the picture. */
async function outcome(bytes: Buffer): Promise<string> {
  const photo = await preparePhoto(bytes);
  return 'refused' in photo ? photo.refused : `${photo.width} × ${photo.height}`;
}

/** Tables, frame and the bare JFIF header: nothing that could carry a word. */
function expectBare(jpeg: Buffer) {
  const { markers, behind } = anatomy(jpeg);
  expect(markers.filter((marker) => ![0xe0, 0xdb, 0xc0, 0xc4].includes(marker))).toEqual([]);
  expect(behind).toBe(0);
}

describe('a photo people may see', () => {
  it('stands upright and says nothing about where, when and with what it was taken', async () => {
    const sides = await plain(300, 400, 'blue').jpeg().toBuffer();
    const shot = await plain(600, 400, 'red')
      .composite([{ input: sides, left: 300, top: 0 }])
      .withMetadata({ orientation: 6 })
      .withIccProfile('p3')
      .withXmp(XMP)
      .withExif({
        IFD0: { Make: 'Phone' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '45/1 45/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '4/1 50/1 0/1' },
      })
      .jpeg()
      .toBuffer();
    const sent = withSegment(
      withSegment(shot, 0xed, Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x08\x1c\x02\x05\0\x03abc')),
      0xfe,
      Buffer.from('words'),
    );
    expect(await sharp(sent).metadata()).toMatchObject({
      orientation: 6,
      exif: expect.any(Buffer),
      xmp: expect.any(Buffer),
      icc: expect.any(Buffer),
      iptc: expect.any(Buffer),
    });
    expect(sent.includes(Buffer.from('25880400', 'hex')), 'a position is in it').toBe(true);

    const photo = await prepared(sent);
    expect(photo).toMatchObject({ width: 400, height: 600, digest: createHash('sha256').update(sent).digest('hex') });
    for (const jpeg of [photo.picture, photo.thumbnail]) {
      const { exif, xmp, iptc, icc, orientation, comments, format, width, height } = await sharp(jpeg).metadata();
      expect({ exif, xmp, iptc, icc, orientation, comments }).toEqual({});
      expect({ format, upright: width < height }).toEqual({ format: 'jpeg', upright: true });
      expectBare(jpeg);
    }
    const [top, bottom] = [await colourAt(photo.picture, 200, 100), await colourAt(photo.picture, 200, 500)];
    expect([top[0], bottom[2]].every((value) => Number(value) > 200)).toBe(true);
    expect([top[2], bottom[0]].every((value) => Number(value) < 60)).toBe(true);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is turned as orientation %i asks', async (orientation) => {
    const photo = await prepared(await scene(60, 40).withMetadata({ orientation }).jpeg().toBuffer());
    expect([photo.width, photo.height]).toEqual(orientation < 5 ? [60, 40] : [40, 60]);
  });

  it.each([
    [3000, 1000, [2048, 683], [320, 106]],
    [1000, 3000, [683, 2048], [106, 320]],
    [100, 50, [100, 50], [100, 50]],
    [4000, 1, [2048, 1], [320, 1]],
  ])('of %i × %i is made to fit, never enlarged', async (width, height, picture, thumbnail) => {
    const photo = await prepared(await plain(width, height, 'teal').jpeg().toBuffer());
    const small = await sharp(photo.thumbnail).metadata();
    expect([photo.width, photo.height]).toEqual(picture);
    expect([small.width, small.height]).toEqual(thumbnail);
  });

  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('may come as %s', async (format) => {
    const photo = await prepared(await scene().toFormat(format).toBuffer());
    expect(await sharp(photo.picture).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 240 });
    const [red = 0, green = 0] = await colourAt(photo.picture, 300, 10);
    expect(red).toBeGreaterThan(210);
    expect(green).toBeLessThan(50);
  });

  it('may come as a GIF of the first kind', async () => {
    const sent = await scene().gif().toBuffer();
    sent.write('GIF87a');
    expect(await outcome(sent)).toBe('320 × 240');
  });

  it.each(['png', 'webp'] as const)('has white where a %s is transparent', async (format) => {
    const { picture } = await prepared(await plain(50, 50, { r: 255, g: 0, b: 0, alpha: 0 }).toFormat(format).toBuffer());
    expect(await colourAt(picture, 25, 25)).toEqual([255, 255, 255]);
  });

  it('keeps its colours when its numbers mean others', async () => {
    const sent = await plain(50, 50, { r: 200, g: 100, b: 50 }).withIccProfile('p3').jpeg({ quality: 100 }).toBuffer();
    const numbers = await sharp(sent, { ignoreIcc: true }).raw().toBuffer();
    expect(Math.abs(Number(numbers[0]) - 200)).toBeGreaterThan(8);
    const shown = await colourAt((await prepared(sent)).picture, 25, 25);
    expect(shown.every((value, i) => Math.abs(value - Number([200, 100, 50][i])) < 5)).toBe(true);
  });

  it.each([
    ['four inks', () => scene().toColourspace('cmyk').jpeg()],
    ['one ink', () => scene().toColourspace('b-w').jpeg()],
    ['sixteen bits', () => scene().toColourspace('rgb16').png()],
  ])('may be stored in %s', async (_, sent) => {
    expect(await outcome(await sent().toBuffer())).toBe('320 × 240');
  });

  it.each(['PK\x03\x04 a zip', '<html><script>alert(1)</script>', '%PDF-1.7 a document', '\xff\xd8\xff a second picture'])(
    'leaves behind what was hung to it: %j',
    async (words) => {
      const clean = await scene().jpeg().toBuffer();
      const secret = Buffer.from(words, 'latin1');
      const { picture, thumbnail, digest } = await prepared(withSegment(Buffer.concat([clean, secret]), 0xfe, secret));
      const alone = await prepared(clean);
      expect(picture.equals(alone.picture) && thumbnail.equals(alone.thumbnail)).toBe(true);
      expect(picture.includes(secret)).toBe(false);
      expect(digest).not.toBe(alone.digest);
    },
  );

  it('may be of fifty megapixels', async () => {
    const photo = await prepared(await plain(8192, 6144, 'grey').jpeg().toBuffer());
    expect([photo.width, photo.height]).toEqual([2048, 1536]);
  });

  it('is made two at a time, however many come, and good ones are not held up by bad ones', async () => {
    const good = await scene(1200, 900).png().toBuffer();
    const bad = good.subarray(0, good.length - 2000);
    let most = 0;
    let over = false;
    // Not what is queued too: the two are read one after the other, and what begins meanwhile would count twice.
    const look = () => {
      most = Math.max(most, sharp.counters().process);
      if (!over) setImmediate(look);
    };
    look();
    const photos = await Promise.all([bad, good, bad, good, bad, good, good].map(preparePhoto));
    over = true;
    expect(photos.map((photo) => 'refused' in photo)).toEqual([true, false, true, false, true, false, false]);
    expect(most).toBe(2);
  });
});

describe('what is refused', () => {
  const text = (words: string) => () => Buffer.from(words, 'latin1');

  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['nothing', text('')],
    ['half a signature', text('\xff\xd8')],
    ['a drawing with a script', text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>')],
    ['a page named photo.jpg', text('<!doctype html><img src="photo.jpg">')],
    ['a document', text('%PDF-1.7\n1 0 obj')],
    ['an archive', text('PK\x03\x04\x14\0\0\0')],
    ['a film', () => container('qt  ')],
    ['a sound', text('RIFF\x24\0\0\0WAVEfmt ')],
    ['a TIFF', () => scene().tiff().toBuffer()],
    ['a BMP', text('BM\x46\0\0\0\0\0\0\0\x36\0\0\0')],
    ['a picture behind a blank', async () => Buffer.concat([Buffer.from(' '), await scene().jpeg().toBuffer()])],
    ['much of nothing', () => Buffer.alloc(11_000_000)],
  ])('as no picture: %s', async (_, make) => {
    expect(await outcome(await make())).toBe('not-a-picture');
  });

  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['drawings', text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['TIFF', () => scene().tiff().toBuffer()],
  ])('even where it is taken for a picture: the process has no reader left for %s', async (_, make) => {
    await expect(sharp(await make()).metadata()).rejects.toThrow('unsupported');
  });

  it('by its size: a JPEG of eleven megabytes, of which most follow the picture', async () => {
    const sent = Buffer.concat([await scene().jpeg().toBuffer(), Buffer.alloc(11_000_000)]);
    expect(await outcome(sent)).toBe('too-large');
    expect(await outcome(sent.subarray(0, 10_000_000))).toBe('320 × 240');
  });

  it.each([
    ['an iPhone', ['heic', 'mif1', 'MiHE', 'MiPr', 'miaf', 'MiHB', 'heic']],
    ['a camera with ten bits', ['heix', 'mif1', 'heix']],
    ['a writer that names the container first', ['mif1', 'heic']],
    ['a writer that names only the container', ['mif1', 'miaf']],
    ['a series', ['hevc', 'msf1']],
  ])('as HEIC: from %s', async (_, brands) => {
    expect(await outcome(container(...brands))).toBe('heic');
  });

  it('as animated: GIF, WebP and AVIF that play', async () => {
    const delay = [100, 100];
    expect(await outcome(await film().gif({ delay }).toBuffer())).toBe('animated');
    expect(await outcome(await film().webp({ delay, lossless: true }).toBuffer())).toBe('animated');
    expect(await outcome(container('avis', 'avif', 'mif1'))).toBe('animated');
  });

  // Each of these would be `damaged` had anybody tried to decode it: the pixels are not there.
  it('for its pixels, which are counted before anything is decoded', async () => {
    const gif = await scene().gif().toBuffer();
    for (const sizeAt of [6, gif.indexOf(Buffer.from('2c00000000', 'hex')) + 5]) gif.writeUInt32LE(0xffff_ffff, sizeAt);
    const avif = await scene().avif().toBuffer();
    avif.writeUInt32BE(4097, avif.indexOf('ispe') + 8);
    avif.writeUInt32BE(4096, avif.indexOf('ispe') + 12);
    const [jpeg, inPasses] = [await scene().jpeg().toBuffer(), await scene().jpeg({ progressive: true }).toBuffer()];
    for (const bomb of [
      hollowPng(50_000, 50_000),
      hollowPng(8193, 6144),
      hollowPng(6145, 4096, true),
      resized(jpeg, 65_000, 65_000),
      resized(jpeg, 8193, 6144),
      resized(inPasses, 6145, 4096),
      gif,
      avif,
    ]) {
      expect(await outcome(bomb)).toBe('too-many-pixels');
    }
    for (const large of [hollowPng(8192, 6144), hollowPng(6144, 4096, true), resized(jpeg, 8192, 6144)]) {
      expect(await outcome(large)).toBe('damaged');
    }
  });

  it('as damaged: a beginning without a picture', async () => {
    for (const start of ['\xff\xd8\xff\xe0', '\x89PNG\r\n\x1a\n', 'GIF89a', 'RIFF\x20\0\0\0WEBPVP8 ', '\0\0\0\x10ftypavif\0\0\0\0']) {
      expect(await outcome(Buffer.from(`${start} and nothing of the kind`, 'latin1'))).toBe('damaged');
    }
  });
});

describe('a picture that breaks off', () => {
  const cut = (bytes: Buffer, share: number) => bytes.subarray(0, Math.floor(bytes.length * share));

  it.each([false, true])('is kept when most of it came (in passes: %s), whichever way up', async (progressive) => {
    const whole = await scene().withMetadata({ orientation: 6 }).jpeg({ progressive }).toBuffer();
    const photo = await prepared(cut(whole, 0.7));
    expect([photo.width, photo.height]).toEqual([240, 320]);
    const sound = await prepared(whole);
    const [came, meant] = [await colourAt(photo.picture, 200, 50), await colourAt(sound.picture, 200, 50)];
    expect(came.every((value, i) => Math.abs(value - Number(meant[i])) < 12)).toBe(true);
  });

  it('is damaged when less than half of it came', async () => {
    expect(await outcome(cut(await scene().withMetadata({ orientation: 6 }).jpeg().toBuffer(), 0.55))).toBe('damaged');
  });

  it('is not seen in a sound picture of a grey wall', async () => {
    expect(await prepared(await plain(400, 300, { r: 128, g: 128, b: 128 }).jpeg().toBuffer())).toMatchObject({ width: 400 });
  });

  it.each(['png', 'webp', 'gif', 'avif'] as const)('is damaged as %s, where nobody can tell what came', async (format) => {
    expect(await outcome(cut(await scene().toFormat(format).toBuffer(), 0.8))).toBe('damaged');
  });
});

describe('whatever anybody sends', () => {
  async function holds(bytes: Buffer) {
    const photo = await preparePhoto(bytes);
    if ('refused' in photo) {
      expect(REASONS).toContain(photo.refused);
      return;
    }
    expectBare(photo.picture);
    expectBare(photo.thumbnail);
    expect(await sharp(photo.picture).metadata()).toMatchObject({ format: 'jpeg', width: photo.width, height: photo.height });
    expect(Math.max(photo.width, photo.height)).toBeLessThanOrEqual(2048);
  }

  it('is a photo or a refusal: bytes without sense', async () => {
    const starts = [
      '',
      '\xff\xd8\xff',
      '\x89PNG\r\n\x1a\n',
      'GIF89a',
      'RIFF\0\0\0\0WEBPVP8X',
      '\0\0\0\x14ftypavif\0\0\0\0avif',
      '\0\0\0\0ftyp',
    ];
    const bytes = fc.tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 600 }));
    await fc.assert(
      fc.asyncProperty(bytes, ([start, rest]) => holds(Buffer.concat([Buffer.from(start, 'latin1'), rest]))),
      { numRuns: 300 },
    );
  });

  it.each(['jpeg', 'progressive', 'png', 'webp', 'gif', 'avif'] as const)('is a photo or a refusal: a spoilt %s', async (format) => {
    const small = scene(96, 64)
      .withMetadata({ orientation: 6 })
      .withExif({ IFD0: { Make: 'Phone', Orientation: '6' } })
      .withIccProfile('p3');
    const picture = await (format === 'progressive' ? small.jpeg({ progressive: true }) : small.toFormat(format)).toBuffer();
    const place = fc.oneof(fc.nat(picture.length - 1), fc.nat(Math.min(picture.length, 700) - 1));
    const wound = fc.record({ at: place, taken: fc.nat(8), put: fc.uint8Array({ maxLength: 8 }) });
    const spoilt = fc
      .array(wound, { minLength: 1, maxLength: 6 })
      .map((wounds) =>
        wounds.reduce((bytes, { at, taken, put }) => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + taken)]), picture),
      );
    await fc.assert(fc.asyncProperty(spoilt, holds), { numRuns: 200 });
  });
});
