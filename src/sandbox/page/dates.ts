/** How a person's dates are written: BCP 47 locale and IANA zone. */
export interface Calendar {
  readonly locale: string;
  readonly timeZone: string;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `10:42`; in French `10:42` too, as Slack's own French clock. `ts` in seconds. */
export function clock(calendar: Calendar, seconds: number, withSeconds = false): string {
  return part(calendar, seconds, {
    hour: '2-digit',
    minute: '2-digit',
    ...(withSeconds ? { second: '2-digit' } : {}),
  });
}

/** "Today", "Yesterday", or the day in full, with the year when it is another one. Times in seconds. */
export function dayDivider(calendar: Calendar, seconds: number, now: number): string {
  const near = relativeDay(calendar, seconds, now);
  if (near !== null) return near;
  const sameYear = part(calendar, seconds, { year: 'numeric' }) === part(calendar, now, { year: 'numeric' });
  const day = part(calendar, seconds, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
  return capital(day, calendar.locale);
}

/** The local date `YYYY-MM-DD`, for telling days apart. */
export function localDay(calendar: Calendar, seconds: number): string {
  return part({ ...calendar, locale: 'en-CA' }, seconds, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
}

/**
 * Fills Slack's date tokens (`{date_short_pretty} {time}`, `{ago}`…); tokens it does not know stay as they are.
 * Times in seconds.
 */
export function formatDate(calendar: Calendar, seconds: number, format: string, now: number): string {
  return format.replace(/\{(\w+)\}/g, (whole, token: string) => tokenText(calendar, seconds, token, now) ?? whole);
}

function tokenText(calendar: Calendar, seconds: number, token: string, now: number): string | null {
  const day = (options: Intl.DateTimeFormatOptions) => part(calendar, seconds, options);
  const pretty = (options: Intl.DateTimeFormatOptions) => {
    const near = relativeDay(calendar, seconds, now);
    return near === null ? day(options) : near.toLocaleLowerCase(calendar.locale);
  };
  const usual = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const short = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const long = { weekday: 'long', ...usual } as const;
  switch (token) {
    case 'date_num':
      return localDay(calendar, seconds);
    case 'date':
      return day(usual);
    case 'date_short':
      return day(short);
    case 'date_long':
      return day(long);
    case 'date_pretty':
      return pretty(usual);
    case 'date_short_pretty':
      return pretty(short);
    case 'date_long_pretty':
      return pretty(long);
    case 'day_divider_pretty':
      return dayDivider(calendar, seconds, now);
    case 'time':
      return clock(calendar, seconds);
    case 'time_secs':
      return clock(calendar, seconds, true);
    case 'ago':
      return ago(calendar.locale, seconds, now);
    default:
      return null;
  }
}

/** "3 min ago", "il y a 3 min", "in 2 hr". Under a minute: now. Times in seconds. */
export function ago(locale: string, seconds: number, now: number): string {
  const delta = seconds - now;
  const size = Math.abs(delta);
  const words = new Intl.RelativeTimeFormat(locale, {
    numeric: 'auto',
    style: size < DAY ? 'short' : 'long',
  });
  const whole = (unit: number) => Math.trunc(delta / unit);
  if (size < MINUTE) return locale.startsWith('fr') ? "à l'instant" : 'just now';
  if (size < HOUR) return words.format(whole(MINUTE), 'minute');
  if (size < DAY) return words.format(whole(HOUR), 'hour');
  return words.format(whole(DAY), 'day');
}

function relativeDay(calendar: Calendar, seconds: number, now: number): string | null {
  const day = Date.parse(localDay(calendar, seconds));
  const today = Date.parse(localDay(calendar, now));
  const distance = Math.round((day - today) / (DAY * 1000));
  if (Math.abs(distance) > 1) return null;
  return capital(new Intl.RelativeTimeFormat(calendar.locale, { numeric: 'auto' }).format(distance, 'day'), calendar.locale);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function part(calendar: Calendar, seconds: number, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([calendar, options]);
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(calendar.locale, {
      timeZone: calendar.timeZone,
      ...options,
    });
  formats.set(key, format);
  return format.format(new Date(seconds * 1000));
}

function capital(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
