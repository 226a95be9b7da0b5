import type { JSX } from 'preact';
import { Composer } from './composer.js';
import { channelTitle, isDirect, useDesk } from './desk.js';
import { Hint } from './hint.js';
import { Icon } from './icons.js';
import { MessageList } from './messages.js';
import { decode } from './mrkdwn.js';
import { type Chat, replies, timeline } from './state.js';
import type { PageChannel, PageMessage } from './wire.js';

interface ChannelProperties {
  readonly channel: PageChannel;
  readonly chat: Chat;
  readonly connected: boolean;
  readonly onBack: () => void;
  readonly onThread: (ts: string) => void;
  readonly onLeads: () => void;
  readonly onDismiss: (message: PageMessage) => void;
}

/** The middle of the page: one channel or direct conversation. */
export function ChannelView({ channel, chat, connected, onBack, onThread, onLeads, onDismiss }: ChannelProperties): JSX.Element {
  const desk = useDesk();
  const title = channelTitle(desk, channel);
  const messages = timeline(chat, channel.id);
  return (
    <main class="channel" aria-label={title}>
      <header class="bar">
        <button type="button" class="icon-button only-phone" aria-label={desk.words.back} onClick={onBack}>
          <Icon name="back" />
        </button>
        <div class="bar-words">
          <h1>{title}</h1>
          <p>{isDirect(channel) ? '' : [desk.words.members(channel.members.length), channel.topic].filter(Boolean).join(' · ')}</p>
        </div>
        <button type="button" class="button solid accent bar-action" onClick={onLeads}>
          <Icon name="plus" /> <span>{desk.words.sendLead}</span>
        </button>
      </header>
      {!connected && (
        <div class="lost" role="status">
          {desk.words.lost}
        </div>
      )}
      <Hint />
      <MessageList
        key={channel.id}
        messages={messages}
        replyCount={(message) => Math.max(replies(chat, channel.id, message.ts).length, message.reply_count ?? 0)}
        onThread={onThread}
        threadTitle={({ thread_ts }) => decode(chat.messages[channel.id]?.find(({ ts }) => ts === thread_ts)?.text ?? '')}
        onDismiss={onDismiss}
        dividers
      >
        {messages.length === 0 && <Empty title={title} fresh={!isDirect(channel) && isFresh(chat)} onLeads={onLeads} />}
      </MessageList>
      <Composer key={`${desk.me.id} ${channel.id}`} channel={channel.id} label={desk.words.composer(title)} />
    </main>
  );
}

/** Has nothing been said anywhere yet? */
function isFresh(chat: Chat): boolean {
  return Object.values(chat.messages).every((messages) => messages.length === 0);
}

interface EmptyProperties {
  readonly title: string;
  /** Nothing has happened yet: say how to begin. */
  readonly fresh: boolean;
  readonly onLeads: () => void;
}

function Empty({ title, fresh, onLeads }: EmptyProperties): JSX.Element {
  const { words } = useDesk();
  if (!fresh) return <p class="beginning">{words.emptyOther(title)}</p>;
  return (
    <section class="empty">
      <span class="empty-picture">
        <Icon name="inbox" />
      </span>
      <h2>{words.emptyTitle}</h2>
      <p>{words.emptyText}</p>
      <button type="button" class="button solid accent large" onClick={onLeads}>
        {words.sendFirstLead}
      </button>
    </section>
  );
}
