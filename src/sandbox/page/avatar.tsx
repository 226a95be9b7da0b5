import type { JSX } from 'preact';
import { nameOf, useDesk } from './desk.js';

const HUES = 8;

/** Initials on a colour that stays the same person's; the program has its own sign. */
export function Avatar({ user, size = 'normal' }: { readonly user: string; readonly size?: 'small' | 'normal' }): JSX.Element {
  const desk = useDesk();
  if (user === desk.workspace.bot.userId) return <BotAvatar size={size} />;
  const place = desk.workspace.people.findIndex((person) => person.id === user);
  return (
    <span class={`avatar avatar-${size} hue-${(place + HUES) % HUES}`} aria-hidden="true">
      {initials(nameOf(desk, user))}
    </span>
  );
}

function BotAvatar({ size }: { readonly size: 'small' | 'normal' }): JSX.Element {
  return (
    <span class={`avatar avatar-${size} avatar-bot`}>
      <svg viewBox="0 0 36 36" aria-hidden="true">
        <path class="sign" d="M7 11h22" />
        <path class="car" d="M9 24v-4l2.5-5h13l2.5 5v4zM8 20.5h20" />
        <circle class="wheel" cx="13" cy="24.5" r="2.2" />
        <circle class="wheel" cx="23" cy="24.5" r="2.2" />
      </svg>
    </span>
  );
}

/** "Alice Martin" → "AM": the first and the last word. */
function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /\p{L}/u.test(word));
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map((word) => word?.match(/\p{L}/u)?.[0] ?? '');
  return letters.join('').toUpperCase();
}
