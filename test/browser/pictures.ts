import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** Keeps what a page looks like, when SCREENSHOTS names a folder, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.locator('.toast').waitFor({ state: 'detached' });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** A photo of a car that never was, as a camera would name it. */
export async function photo(page: Page, name: string, hue = 200) {
  const data = await page.evaluate((colour) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [800, 600];
    const draw = canvas.getContext('2d');
    if (!draw) throw new Error('no canvas');
    const fill = (style: string, x: number, y: number, width: number, height: number) => {
      draw.fillStyle = style;
      draw.fillRect(x, y, width, height);
    };
    fill('#cfe3f2', 0, 0, 800, 380);
    fill('#8d9499', 0, 380, 800, 220);
    fill(`hsl(${colour} 55% 40%)`, 120, 290, 560, 130);
    fill(`hsl(${colour} 55% 46%)`, 230, 200, 320, 100);
    fill('#dcebf5', 250, 215, 130, 75);
    fill('#dcebf5', 400, 215, 130, 75);
    draw.fillStyle = '#222';
    for (const x of [230, 570]) {
      draw.beginPath();
      draw.arc(x, 425, 55, 0, 7);
      draw.fill();
    }
    return canvas.toDataURL('image/jpeg', 0.8).split(',')[1] ?? '';
  }, hue);
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(data, 'base64') };
}

/** Drops files where a hand would. */
export async function drop(page: Page, on: Locator, files: readonly { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const carried = await page.evaluateHandle(
    (all) => {
      const transfer = new DataTransfer();
      for (const { name, type, data } of all) {
        const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type }));
      }
      return transfer;
    },
    files.map(({ name, mimeType, buffer }) => ({ name, type: mimeType, data: buffer.toString('base64') })),
  );
  await on.dispatchEvent('dragover', { dataTransfer: carried });
  await on.dispatchEvent('drop', { dataTransfer: carried });
}

/** Waits until every picture in a place is really drawn. */
export async function drawn(place: Locator, count: number): Promise<void> {
  await place
    .locator('img')
    .nth(count - 1)
    .waitFor();
  await place
    .page()
    .waitForFunction(
      ({ images, most }) =>
        images.length >= most && images.every((one) => one instanceof HTMLImageElement && one.complete && one.naturalWidth > 0),
      { images: await place.locator('img').elementHandles(), most: count },
    );
}
