import type { View } from '../../leads/photos.js';

const drawn = (box: string, paths: string) => `<svg viewBox="${box}" aria-hidden="true" focusable="false">${paths}</svg>`;

const SIDE =
  '<path d="M3 20v-5c0-1.600 1-2.500 2.600-2.800l6.400-1.200 5-5.200C18 4.700 19 4 20.500 4h9c1.300 0 2.400.500 3.200 1.500L37 11l4 1c1.300.400 2 1.400 2 2.700V20h-4m-8 0H17m-8 0H3"/><circle cx="13" cy="20" r="4"/><circle cx="35" cy="20" r="4"/>';
const BODY =
  '<path d="M10 14 13.500 5.500C14 4.500 15 4 16 4h16c1 0 2 .500 2.500 1.500L38 14c2 .600 3 1.800 3 3.500V24H7v-6.500c0-1.700 1-2.900 3-3.500Z"/><path d="M10 14h28M9 24v3h5v-3m20 0v3h5v-3"/>';

/** What each view of a car looks like, as far as a small drawing can say. */
export const VIEW_DRAWINGS: Readonly<Record<View, string>> = {
  front: drawn(
    '0 0 48 30',
    `${BODY}<path d="M20 19.500h8"/><circle cx="13" cy="18.500" r="1.600"/><circle cx="35" cy="18.500" r="1.600"/>`,
  ),
  rear: drawn('0 0 48 30', `${BODY}<path d="M11 18.500h4m18 0h4M20 18h8v3.500h-8z"/>`),
  left: drawn('0 0 48 30', SIDE),
  right: drawn('0 0 48 30', `<g transform="matrix(-1 0 0 1 48 0)">${SIDE}</g>`),
  interior: drawn(
    '0 0 48 30',
    '<circle cx="24" cy="15" r="11.500"/><circle cx="24" cy="15" r="3.200"/><path d="M12.800 13.200 20.800 14m14.400-.800-8 .800M24 18.200v8.200"/>',
  ),
  odometer: drawn(
    '0 0 48 30',
    '<path d="M9 25a15.500 15.500 0 1 1 30 0"/><path d="m24 20 6-7M13 16l2 1m9-8.500V11m11 5-2 1"/><path d="M18 25h12"/>',
  ),
  damage: drawn('0 0 48 30', '<path d="M6 9c10-5 26-5 36 0v14c-10 5-26 5-36 0Z"/><path d="m26 8-5 6 6 2-6 7"/>'),
};

export const CAMERA = drawn(
  '0 0 24 24',
  '<path d="M4 8h3l1.500-2.500h7L17 8h3a1.500 1.500 0 0 1 1.500 1.500v9A1.500 1.500 0 0 1 20 20H4a1.500 1.500 0 0 1-1.500-1.500v-9A1.500 1.500 0 0 1 4 8Z"/><circle cx="12" cy="13.500" r="3.700"/>',
);
export const ALBUM = drawn(
  '0 0 24 24',
  '<rect x="3" y="4" width="18" height="16" rx="2"/><path d="m3.500 17 5-5 4 4 2.500-2.500 5.500 5"/><circle cx="15.500" cy="9" r="1.500"/>',
);
export const CAR = drawn(
  '0 0 24 24',
  '<path d="M5 11.500 6.700 6.700C7 5.900 7.700 5.500 8.500 5.500h7c.800 0 1.500.400 1.800 1.200L19 11.500M3.500 18v-4c0-1.600 1-2.500 2.500-2.500h12c1.500 0 2.500.900 2.500 2.500v4h-17Zm2 0v1.500m13-1.500v1.500M7 14.800h1.500m7 0H17"/>',
);
export const LOCK = drawn(
  '0 0 24 24',
  '<rect x="5" y="10.500" width="14" height="9.500" rx="2"/><path d="M8 10.500V8a4 4 0 0 1 8 0v2.500"/>',
);
export const CLOCK = drawn('0 0 24 24', '<circle cx="12" cy="12" r="8.500"/><path d="M12 7v5l3.500 2"/>');
