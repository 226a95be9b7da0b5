import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Bars, barsSvg } from '../../src/charts/bars.js';
import { pngOf } from '../../src/charts/picture.js';
import { HOSTILE } from '../support/leads.js';

const bars = (changes: Partial<Bars> = {}): Bars => ({
  title: 'Vendredi 20 novembre · Lumière Lyon',
  legend: { value: 'Ce vendredi', usual: 'Un vendredi habituel' },
  rows: [
    { label: 'Nouveaux', value: 12, usual: 9.25 },
    { label: 'Abandonnés', value: 0, usual: 1 },
  ],
  ...changes,
});

const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

describe('bars beside what is usual', () => {
  it('say their title, what a bar and a mark are, and every number', () => {
    const texts = textsOf(barsSvg(bars()));
    for (const said of [
      'Vendredi 20 novembre · Lumière Lyon',
      'Ce vendredi',
      'Un vendredi habituel',
      'Nouveaux',
      'Abandonnés',
      '12',
      '9',
      '0',
      '1',
    ])
      expect(texts).toContain(said);
  });

  it('say nothing of what is usual when nobody knows it', () => {
    const svg = barsSvg(bars({ rows: [{ label: 'Nouveaux', value: 3, usual: null }] }));
    expect(textsOf(svg)).not.toContain('Un vendredi habituel');
    expect(svg).not.toContain('#e08214');
  });

  it('become a picture as wide as two phones, with its own ground and letters', async () => {
    const png = await pngOf(barsSvg(bars()));
    const { width, height, format } = await sharp(png).metadata();
    expect({ width, height, format }).toEqual({ width: 1_080, height: 420, format: 'png' });
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3)];
    expect(at(540, 30)).toEqual([0xfb, 0xfa, 0xf7]);
    // The title is really written: without letters there would be ground alone.
    const dark = Array.from({ length: 700 }, (_, n) => at(56 + n, 70)).filter(([red = 255]) => red < 0x60);
    expect(dark.length).toBeGreaterThan(50);
  });

  it('stay a picture whatever the words, and whatever the numbers', async () => {
    const rows = [
      { label: HOSTILE, value: 1_000_000, usual: 0 },
      { label: '', value: 0, usual: null },
      { label: 'x'.repeat(5_000), value: 1, usual: 2_000_000 },
    ];
    const svg = barsSvg(bars({ title: `</text><script>${HOSTILE}`, rows }));
    expect(svg).not.toMatch(/<script|<image|href=/);
    expect((await sharp(await pngOf(svg)).metadata()).width).toBe(1_080);
  });
});
