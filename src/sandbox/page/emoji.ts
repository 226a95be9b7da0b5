/** The few short names our own cards and demo people use; others are shown as they are written. */
const EMOJI: Readonly<Record<string, string>> = {
  '+1': '👍',
  bell: '🔔',
  blue_car: '🚙',
  calendar: '📅',
  camera: '📷',
  car: '🚗',
  clap: '👏',
  email: '📧',
  eyes: '👀',
  fire: '🔥',
  heavy_check_mark: '✔️',
  hourglass: '⌛',
  key: '🔑',
  moneybag: '💰',
  phone: '☎️',
  point_right: '👉',
  red_car: '🚗',
  smile: '😄',
  snowflake: '❄️',
  sparkles: '✨',
  star: '⭐',
  tada: '🎉',
  telephone_receiver: '📞',
  thumbsup: '👍',
  trophy: '🏆',
  warning: '⚠️',
  wave: '👋',
  white_check_mark: '✅',
  x: '❌',
};

export function emojiText(name: string): string {
  return EMOJI[name] ?? `:${name}:`;
}
