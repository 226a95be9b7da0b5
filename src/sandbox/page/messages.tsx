import type { ComponentChildren, JSX } from 'preact';
import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { dayDivider, localDay } from './dates.js';
import { nameOf, useDesk, useNow } from './desk.js';
import { Icon } from './icons.js';
import { Message } from './message.js';
import type { PageMessage } from './wire.js';

const TOGETHER_SECONDS = 300;
/** How near the end, in pixels, still counts as reading the end. */
const NEAR_END = 80;

interface ListProperties {
  readonly messages: readonly PageMessage[];
  readonly replyCount: (message: PageMessage) => number;
  readonly onThread?: (ts: string) => void;
  /** What the thread a reply belongs to is about. */
  readonly threadTitle?: (message: PageMessage) => string;
  readonly onDismiss: (message: PageMessage) => void;
  /** Shown above the messages. */
  readonly children?: ComponentChildren;
  readonly dividers: boolean;
}

/** Messages, oldest first; stays at the end while one reads the end. */
export function MessageList(properties: ListProperties): JSX.Element {
  const { messages, children } = properties;
  const { words } = useDesk();
  const { box, atEnd, toEnd, onScroll } = useStickToEnd(messages);
  return (
    <div class="scroller-frame">
      <div class="scroller" ref={box} onScroll={onScroll} tabIndex={-1}>
        {children}
        <div class="messages">
          {messages.map((message, index) => (
            <Entry key={message.ts} {...properties} message={message} before={messages[index - 1]} />
          ))}
        </div>
      </div>
      <Announcer messages={messages} />
      {!atEnd && (
        <button type="button" class="to-end" onClick={toEnd}>
          {words.newMessages} <Icon name="down" />
        </button>
      )}
    </div>
  );
}

interface EntryProperties extends ListProperties {
  readonly message: PageMessage;
  readonly before: PageMessage | undefined;
}

function Entry({ message, before, replyCount, onThread, threadTitle, onDismiss, dividers }: EntryProperties): JSX.Element {
  const { calendar } = useDesk();
  const now = useNow();
  const seconds = Number(message.ts);
  const newDay = dividers && (before === undefined || localDay(calendar, Number(before.ts)) !== localDay(calendar, seconds));
  return (
    <Fragment>
      {newDay && (
        <div class="day">
          <span>{dayDivider(calendar, seconds, now)}</span>
        </div>
      )}
      <Message
        message={message}
        compact={!newDay && continues(before, message)}
        replyCount={replyCount(message)}
        onDismiss={() => onDismiss(message)}
        {...(threadTitle === undefined ? {} : { threadTitle: threadTitle(message) })}
        {...(onThread === undefined ? {} : { onThread: () => onThread(message.thread_ts ?? message.ts) })}
      />
    </Fragment>
  );
}

/** Cards always carry their own head; a person's next words do not. */
function continues(before: PageMessage | undefined, message: PageMessage): boolean {
  if (before === undefined || before.user !== message.user || message.bot_id !== undefined) return false;
  if (message.subtype === 'thread_broadcast') return false;
  return !message.ephemeral && !before.ephemeral && Number(message.ts) - Number(before.ts) < TOGETHER_SECONDS;
}

function useStickToEnd(messages: readonly PageMessage[]) {
  const box = useRef<HTMLDivElement>(null);
  const sticking = useRef(true);
  const [atEnd, setAtEnd] = useState(true);
  const toEnd = () => {
    sticking.current = true;
    setAtEnd(true);
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  useLayoutEffect(() => {
    if (sticking.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [messages]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    // Pictures that load, the keyboard of a phone, a growing composer: all move the end.
    const watcher = new ResizeObserver(() => sticking.current && element.scrollTo({ top: element.scrollHeight }));
    watcher.observe(element);
    const inside = element.querySelector('.messages');
    if (inside !== null) watcher.observe(inside);
    return () => watcher.disconnect();
  }, []);
  const onScroll = () => {
    const element = box.current;
    if (element === null) return;
    sticking.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    setAtEnd(sticking.current);
  };
  return { box, atEnd, toEnd, onScroll };
}

/** Reads new messages out to those who listen to the page. */
function Announcer({ messages }: { readonly messages: readonly PageMessage[] }): JSX.Element {
  const desk = useDesk();
  const known = useRef<string | undefined>(messages.at(-1)?.ts);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const last = messages.at(-1);
    if (last === undefined || last.ts <= (known.current ?? '')) return;
    known.current = last.ts;
    if (last.user !== desk.me.id) setSaid(desk.words.said(nameOf(desk, last.user), last.text));
  }, [messages, desk]);
  return (
    <div class="unseen" aria-live="polite">
      {said}
    </div>
  );
}
