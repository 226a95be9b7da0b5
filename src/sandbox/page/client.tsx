import type { JSX } from 'preact';
import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { Place } from './address.js';
import type { Values } from './blocks/values.js';
import { ChannelView } from './channel.js';
import { act, fileAddress, listen, SLACK_API, upload } from './connect.js';
import { channelTitle, type Desk, DeskContext, isDirect } from './desk.js';
import { HomeView } from './home.js';
import { LeadsPanel } from './leads.js';
import { Modal } from './modal.js';
import { Sidebar } from './sidebar.js';
import { type Chat, type ChatEvent, emptyChat, fold, hasUnread } from './state.js';
import { ThreadView } from './thread.js';
import { Toast, useToast } from './toast.js';
import type { PageChannel, PageMessage, PageUser, StreamEvent, Workspace } from './wire.js';
import { wordsFor } from './words.js';

const PHONE = '(max-width: 640px)';

interface ClientProperties {
  readonly workspace: Workspace;
  readonly me: PageUser;
  readonly place: Place;
  readonly go: (place: Place) => void;
}

/** One person's client. */
export function Client({ workspace, me, place, go }: ClientProperties): JSX.Element {
  const { chat, tell, connected } = useChat(me);
  const toast = useToast();
  const typed = useRef(new Map<string, Values>());
  const channel = chat.channels.find(({ id }) => id === place.channel) ?? chat.channels.find((each) => !isDirect(each));
  const openChannel = (id: string, thread?: string) => go({ as: me.id, channel: id, ...(thread === undefined ? {} : { thread }) });
  const here: Place = {
    as: me.id,
    ...(place.home ? { home: true } : channel === undefined ? {} : { channel: channel.id }),
  };
  const desk = useDeskOf(workspace, me, chat.channels, openChannel);
  const dismiss = ({ channel: where, ts }: PageMessage) => {
    tell({ type: 'dismissed', channel: where, ts });
    void desk.act('remove', { channel: where, ts });
  };
  const sent = (told: string, ok: boolean) => {
    toast.show(told, ok);
    // On a phone the panel hides the channel where the card arrives.
    if (ok && matchMedia(PHONE).matches) go(here);
  };
  const closed = () => chat.view !== null && tell({ type: 'view-closed', view: chat.view.id });
  useReading(chat, channel, place, tell);
  useTitle(desk, chat, channel);
  useChannelKeys(chat.channels, channel, openChannel);
  const onScreen = isOnScreen(place);
  const screen = place.thread !== undefined || place.leads ? 'pane' : place.channel === undefined && !place.home ? 'list' : 'channel';
  const leads = () => go({ ...here, leads: true });
  return (
    <DeskContext.Provider value={desk}>
      <div class={chat.ready ? 'client' : 'client loading'} data-screen={screen} lang={me.locale}>
        <Sidebar
          chat={chat}
          current={onScreen && !place.home ? channel?.id : undefined}
          atHome={place.home === true}
          onHome={() => go({ as: me.id, home: true })}
          onChannel={openChannel}
          onPerson={(person) => go(personPlace(person, place))}
          onLeads={leads}
        />
        <Middle {...{ channel, chat, connected, place, here, go, leads, dismiss }} />
        {place.leads && <LeadsPanel onClose={() => go(here)} onSent={sent} />}
        {chat.view !== null && <Modal key={chat.view.id} view={chat.view} typed={typed.current} onClosed={closed} />}
        <Toast toast={toast.current} />
      </div>
    </DeskContext.Provider>
  );
}

interface PlacesProperties {
  readonly channel: PageChannel | undefined;
  readonly chat: Chat;
  readonly connected: boolean;
  readonly place: Place;
  /** The channel without thread or panel. */
  readonly here: Place;
  readonly go: (place: Place) => void;
  readonly leads: () => void;
  readonly dismiss: (message: PageMessage) => void;
}

/** The app's Home, or the channel and the thread beside it. */
function Middle({ channel, chat, connected, place, here, go, leads, dismiss }: PlacesProperties): JSX.Element {
  const { thread } = place;
  if (place.home) return <HomeView view={chat.home} connected={connected} onBack={() => go({ as: here.as })} />;
  if (channel === undefined) return <main class="channel" />;
  return (
    <>
      <ChannelView
        channel={channel}
        chat={chat}
        connected={connected}
        onBack={() => go({ as: here.as })}
        onThread={(ts) => go({ ...here, thread: ts })}
        onLeads={leads}
        onDismiss={dismiss}
      />
      {thread !== undefined && (
        <ThreadView key={thread} channel={channel} thread={thread} chat={chat} onClose={() => go(here)} onDismiss={dismiss} />
      )}
    </>
  );
}

/** A phone shows the list of channels until one is chosen; elsewhere some channel always stands beside it. */
function isOnScreen(place: Place): boolean {
  if (place.home) return false;
  return place.channel !== undefined || !matchMedia(PHONE).matches;
}

/** Another person lands in the same channel, so that one sees the same card with other eyes. */
function personPlace(person: string, place: Place): Place {
  return {
    as: person,
    ...(place.home ? { home: true } : {}),
    ...(place.channel === undefined || place.channel.startsWith('D') ? {} : { channel: place.channel }),
  };
}

function useDeskOf(workspace: Workspace, me: PageUser, channels: readonly PageChannel[], openChannel: Desk['openChannel']): Desk {
  return useMemo(() => {
    const words = wordsFor(me.locale);
    const timeZone = me.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    return {
      workspace,
      me,
      words,
      channels,
      calendar: { locale: me.locale, timeZone },
      act: (name, body) => act(SLACK_API, me.id, name, body, words.unreachable),
      openChannel,
      fileAddress: (id) => fileAddress(SLACK_API, me.id, id),
      upload: (file) => upload(SLACK_API, me.id, file, words.unreachable),
    };
  }, [workspace, me, channels]);
}

function useChat(me: PageUser) {
  const store = `forecourt.read.${me.id}`;
  const [chat, tell] = useReducer<Chat, ChatEvent, string>(fold, store, (key) => emptyChat(readMarks(key)));
  const [connected, setConnected] = useState(true);
  useEffect(() => listen<StreamEvent>(SLACK_API, me.id, tell, setConnected), [me.id]);
  useEffect(() => localStorage.setItem(store, JSON.stringify(chat.read)), [store, chat.read]);
  return { chat, tell, connected };
}

function readMarks(key: string): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, string>) : {};
  } catch {
    return {};
  }
}

/** What is on screen, in a tab one looks at, counts as read. */
function useReading(chat: Chat, channel: PageChannel | undefined, place: Place, tell: (event: ChatEvent) => void): void {
  useEffect(() => {
    if (channel === undefined || !isOnScreen(place)) return;
    const look = () => document.visibilityState === 'visible' && tell({ type: 'seen', channel: channel.id });
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [chat.messages, channel?.id, place.channel]);
}

function useTitle(desk: Desk, chat: Chat, channel: PageChannel | undefined): void {
  const unread = chat.channels.some(({ id }) => id !== channel?.id && hasUnread(chat, id, desk.me.id));
  const where = channel === undefined ? '' : `${channelTitle(desk, channel)} · `;
  const title = `${unread ? '• ' : ''}${where}${desk.me.name} · Forecourt`;
  useEffect(() => {
    document.title = title;
    document.documentElement.lang = desk.me.locale;
  }, [title, desk.me.locale]);
}

/** Alt+↑ and Alt+↓ walk the channels. */
function useChannelKeys(channels: readonly PageChannel[], current: PageChannel | undefined, open: (id: string) => void): void {
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      const shown = [...channels.filter((channel) => !isDirect(channel)), ...channels.filter(isDirect)];
      const at = shown.findIndex((channel) => channel.id === current?.id);
      const next = shown[at + (event.key === 'ArrowDown' ? 1 : -1)];
      event.preventDefault();
      if (next !== undefined) open(next.id);
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  });
}
