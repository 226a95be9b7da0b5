import type { JSX } from 'preact';

const PATHS = {
  hash: 'M8 3 6 17M14 3l-2 14M3.5 7.5h14M2.5 12.5h14',
  lock: 'M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3',
  back: 'M12 4 6 10l6 6',
  close: 'M5 5l10 10M15 5 5 15',
  reply: 'M3 5.5A1.5 1.5 0 0 1 4.5 4h11A1.5 1.5 0 0 1 17 5.5v6a1.5 1.5 0 0 1-1.5 1.5H9l-4 3.5V13h-.5A1.5 1.5 0 0 1 3 11.5z',
  send: 'M3 10 17 3.5 13 17l-3-5.5zM10 11.5 17 3.5',
  newTab: 'M11 4h5v5M16 4l-7 7M14 12v4H4V6h4',
  check: 'M4 10.5 8 14.5 16 6',
  down: 'M10 4v12M5 11l5 5 5-5',
  eye: 'M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10zM10 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.8 11h7.4l.8-11',
  pencil: 'M4 16l1-4 8.5-8.5 3 3L8 15zM12 5l3 3',
  plus: 'M10 4v12M4 10h12',
  clip: 'M15.5 9.5 10 15a3.4 3.4 0 0 1-4.9-4.9l6-6a2.3 2.3 0 0 1 3.3 3.3l-5.8 5.8a1.1 1.1 0 0 1-1.6-1.6L12 6.6',
  file: 'M5 3h7l3 3v11H5zM12 3v3h3',
  warn: 'M10 3 18 17H2zM10 8v4M10 14.5v.1',
  home: 'M3 9.5 10 4l7 5.5M5 8.5V16h10V8.5M8.5 16v-4h3v4',
  inbox: 'M3 11 5 4h10l2 7v5H3zM3 11h4l1 2h4l1-2h4',
} as const;

export type IconName = keyof typeof PATHS | 'dots';

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  if (name === 'dots') {
    return (
      <svg class="icon icon-filled" viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="4" cy="10" r="1.7" />
        <circle cx="10" cy="10" r="1.7" />
        <circle cx="16" cy="10" r="1.7" />
      </svg>
    );
  }
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
