import { type Bars, barsSvg } from '../../charts/bars.js';
import { pngOf } from '../../charts/picture.js';
import type { FileId } from '../../chat/text.js';
import { type Notice, readPicture, savePicture } from '../../posting/notice.js';
import type { Desk } from '../workflow.js';
import { digestWords } from './messages.js';
import type { View } from './view.js';

/** A chart on a platform, and the same facts in words. */
export interface Picture {
  readonly file: FileId;
  readonly description: string;
}

const NAME = 'chart';

/** Draws a chart and hands it to the platform of a notice, once. Null when that fails: the notice goes out without it. */
export async function pictureFor(desk: Desk, notice: Notice, bars: Bars, { language }: View): Promise<Picture | null> {
  const description = describe(bars, language);
  try {
    const known = await readPicture(desk.store.db, notice, NAME);
    if (known !== null) return { file: known, description };
    const platform = desk.platformOf(notice.place);
    if (!platform || bars.rows.every(({ value, usual }) => value === 0 && !usual)) return null;
    const file = await platform.upload(`${notice.topic}.png`, await pngOf(barsSvg(bars)));
    await savePicture(desk.store.db, notice, NAME, file);
    return { file, description };
  } catch (error) {
    desk.failed(error, 'a chart could not be drawn or handed over; its message goes out without it');
    return null;
  }
}

function describe({ title, rows }: Bars, language: View['language']): string {
  const { against } = digestWords[language].chart;
  const facts = rows.map(({ label, value, usual }) => against(label, value, usual === null ? null : Math.round(usual)));
  return `${title} · ${facts.join(', ')}`;
}
