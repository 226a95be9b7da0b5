import { createHash } from 'node:crypto';
import sharp from 'sharp';

/** A photo fit to be kept and shown: drawn anew from the pixels, so that nothing else of what was sent is left in it. */
export interface PreparedPhoto {
  /** JPEG in sRGB, upright, at most 2,048 pixels on its longest side, without metadata of any kind. */
  readonly picture: Buffer;
  /** The same, at most 320 pixels on its longest side. */
  readonly thumbnail: Buffer;
  /** Pixels of `picture`. */
  readonly width: number;
  readonly height: number;
  /** SHA-256 of the bytes as sent, in lower-case hexadecimal: the same file sent twice is known by it. */
  readonly digest: string;
}

/**
 * Why a file was not taken:
 * - `not-a-picture`: neither JPEG, PNG, WebP, GIF nor AVIF, whatever its name says;
 * - `too-large`: more than 10 MB;
 * - `too-many-pixels`: more than this process will decode, or decoding it took too long; a smaller copy will do;
 * - `heic`: a picture in Apple's usual format, which we have no decoder for;
 * - `animated`: several pictures played in turn;
 * - `damaged`: begins like a picture, but it cannot be decoded, or less than half of it came.
 */
export interface PhotoRefusal {
  readonly refused: 'not-a-picture' | 'too-large' | 'too-many-pixels' | 'heic' | 'animated' | 'damaged';
}

type Kind = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif';

const MOST_BYTES = 10_000_000;
/** What makers of phones call 50 megapixels. */
const MOST_PIXELS = 8192 * 6144;
/** For JPEG and PNG stored in several passes, which are held whole while decoded. */
const MOST_PIXELS_IN_PASSES = 6144 * 4096;
/** A file of 2 kB can make the AVIF decoder take 25 bytes a pixel, and no camera writes this format. */
const MOST_PIXELS_AVIF = 4096 * 4096;
const PICTURE_SIDE = 2048;
const THUMBNAIL_SIDE = 320;
const QUALITY = 82;
const DECODE_SECONDS = 10;
/** Of Node's four threads for files, names and pictures, so that pictures never take all of them. */
const AT_ONCE = 2;
/** The grey a JPEG decoder leaves where no data came, give or take what encoding it again changes. */
const GREY = { from: 126, to: 130 };
/** The share of that grey, 0 to 1, above which a broken JPEG is of no use. */
const MOST_MISSING = 0.5;

// These hold for the whole process. Only the five decoders below can ever run, whatever libvips thinks a file is: a
// file made to look different to us and to it must not reach the readers of SVG, PDF or TIFF.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((decoder) => `VipsForeignLoad${decoder}Buffer`),
});
sharp.cache(false);
sharp.concurrency(1);

/**
 * Makes a photo people may see out of bytes anybody may have sent. What the bytes are is read from themselves. A
 * picture is upright, transparent parts are white, and position, camera, colour profile, comments and whatever was
 * hung behind it are gone. Of a JPEG that breaks off, what came is kept when it is half or more; the rest is grey.
 *
 * Two are worked on at a time in this process; more wait their turn. Bad content is a refusal, never an exception.
 */
export async function preparePhoto(bytes: Buffer): Promise<PreparedPhoto | PhotoRefusal> {
  const kind = kindOf(bytes);
  if (typeof kind !== 'string') return kind;
  if (bytes.length > MOST_BYTES) return { refused: 'too-large' };
  return inTurn(async () => {
    try {
      return (await objection(bytes, kind)) ?? (await draw(bytes, kind));
    } catch (error) {
      return { refused: tookTooLong(error) ? 'too-many-pixels' : 'damaged' };
    }
  });
}

/** What can be said against a file without decoding it: its size, and what its first bytes say. Null when nothing can. */
export function objectionAtSight(bytes: Buffer): PhotoRefusal | null {
  const kind = kindOf(bytes);
  if (typeof kind !== 'string') return kind;
  return bytes.length > MOST_BYTES ? { refused: 'too-large' } : null;
}

/** What the first bytes say, for those who would decode them. */
function kindOf(bytes: Buffer): Kind | PhotoRefusal {
  const start = bytes.toString('latin1', 0, 12);
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'gif';
  // Asked of our own: libvips counts the frames of an animated WebP in time that grows with their square.
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return isAnimatedWebp(bytes) ? { refused: 'animated' } : 'webp';
  if (start.startsWith('ftyp', 4)) return kindOfBrands(bytes);
  return { refused: 'not-a-picture' };
}

function isAnimatedWebp(bytes: Buffer): boolean {
  const [flagsAt, animation] = [20, 0b10];
  return bytes.toString('latin1', 12, 16) === 'VP8X' && ((bytes[flagsAt] ?? 0) & animation) !== 0;
}

/** AVIF, HEIC, films and more begin with a list of four-letter brands; the first that we know decides. */
function kindOfBrands(bytes: Buffer): Kind | PhotoRefusal {
  const size = Math.min(bytes.readUInt32BE(0), 256);
  const brands: string[] = bytes.toString('latin1', 8, Math.max(size, 12)).match(/.{4}/gs) ?? [];
  const known = brands.find((brand) => /^(avi[fs]|he[iv][cxms])$/.test(brand));
  if (known === 'avif') return 'avif';
  if (known === 'avis') return { refused: 'animated' };
  // The bare container: whatever is in it, it is not AVIF.
  return { refused: known || brands.includes('mif1') ? 'heic' : 'not-a-picture' };
}

/** What the header says against decoding the rest; nothing is decoded to find out. */
async function objection(bytes: Buffer, kind: Kind): Promise<PhotoRefusal | undefined> {
  const { width, height, pages = 1, isProgressive } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (width * height > mostPixels(kind, isProgressive)) return { refused: 'too-many-pixels' };
  // AVIF has pages too, but those are alternatives to its main picture.
  if (kind === 'gif' && pages > 1) return { refused: 'animated' };
  return undefined;
}

function mostPixels(kind: Kind, inPasses: boolean): number {
  if (kind === 'avif') return MOST_PIXELS_AVIF;
  return inPasses ? MOST_PIXELS_IN_PASSES : MOST_PIXELS;
}

async function draw(bytes: Buffer, kind: Kind): Promise<PreparedPhoto | PhotoRefusal> {
  // A broken JPEG alone: where a PNG breaks off, libvips goes on with whatever its memory held, perhaps another picture.
  const { data: picture, info } = await redraw(bytes, PICTURE_SIDE, kind === 'jpeg' ? 'none' : 'error');
  // From our own picture, not from the bytes sent: those are decoded once.
  const { data: thumbnail } = await redraw(picture, THUMBNAIL_SIDE, 'error');
  const looksEmpty = kind === 'jpeg' && (await shareMissing(thumbnail)) > MOST_MISSING;
  if (looksEmpty && !(await isSound(bytes))) return { refused: 'damaged' };
  return { picture, thumbnail, width: info.width, height: info.height, digest: createHash('sha256').update(bytes).digest('hex') };
}

/** An upright JPEG that fits a square of this side; it is never enlarged. Metadata is kept only on request, so none is. */
function redraw(bytes: Buffer, side: number, failOn: 'none' | 'error' | 'warning') {
  return sharp(bytes, { failOn, limitInputPixels: MOST_PIXELS, sequentialRead: true, autoOrient: true })
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .jpeg({ quality: QUALITY })
    .timeout({ seconds: DECODE_SECONDS })
    .toBuffer({ resolveWithObject: true });
}

/** The share, 0 to 1, of a picture that is the grey of missing data. */
async function shareMissing(thumbnail: Buffer): Promise<number> {
  const pixels = await sharp(thumbnail).raw().toBuffer();
  return pixels.filter((value) => value >= GREY.from && value <= GREY.to).length / pixels.length;
}

/** Tells a photo of a grey wall from one that broke off. */
async function isSound(bytes: Buffer): Promise<boolean> {
  return redraw(bytes, THUMBNAIL_SIDE, 'warning').then(
    () => true,
    () => false,
  );
}

function tookTooLong(error: unknown): boolean {
  return error instanceof Error && /\btimeout: \d+% complete/.test(error.message);
}

let free = AT_ONCE;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
}
