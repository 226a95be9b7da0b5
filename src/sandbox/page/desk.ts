import { createContext } from 'preact';
import { useContext, useEffect, useReducer } from 'preact/hooks';
import type { Calendar } from './dates.js';
import type { ActAnswer, Acts, PageChannel, PageUser, UploadAnswer, Workspace } from './wire.js';
import type { Words } from './words.js';

/** What every part of the page needs to know: who looks, in which words, at which workspace. */
export interface Desk {
  readonly workspace: Workspace;
  readonly me: PageUser;
  readonly words: Words;
  readonly calendar: Calendar;
  readonly channels: readonly PageChannel[];
  act<N extends keyof Acts>(name: N, body: Acts[N]): Promise<ActAnswer>;
  openChannel(channel: string, thread?: string): void;
  /** Where this person finds a file. */
  fileAddress(id: string): string;
  /** Hands a file over. Never rejects. */
  upload(file: File): Promise<UploadAnswer>;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('Drawn outside the desk.');
  return desk;
}

/** A person's display name, the bot's included; the id when nobody knows it. */
export function nameOf(desk: Desk, user: string): string {
  if (user === desk.workspace.bot.userId) return desk.workspace.bot.name;
  return desk.workspace.people.find((person) => person.id === user)?.name ?? user;
}

/** A direct conversation, as opposed to a channel. */
export function isDirect(channel: PageChannel): boolean {
  return channel.id.startsWith('D');
}

/** `#leads-lyon`, or the others' names for a direct conversation. */
export function channelTitle(desk: Desk, channel: PageChannel): string {
  if (!isDirect(channel)) return `#${channel.name}`;
  const others = channel.members.filter((member) => member !== desk.me.id);
  return others.map((member) => nameOf(desk, member)).join(', ') || channel.name;
}

const TICK_MS = 5_000;
const tickers = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;

/** The time in seconds, kept fresh: one timer for every date on the page. */
export function useNow(): number {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const tick = () => redraw(undefined);
    tickers.add(tick);
    ticking ??= setInterval(() => {
      for (const each of tickers) each();
    }, TICK_MS);
    return () => {
      tickers.delete(tick);
      if (tickers.size > 0) return;
      clearInterval(ticking);
      ticking = undefined;
    };
  }, []);
  return Date.now() / 1000;
}
