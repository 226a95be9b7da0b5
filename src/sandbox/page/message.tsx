import type { JSX } from 'preact';
import { useErrorBoundary, useMemo } from 'preact/hooks';
import { Avatar } from './avatar.js';
import { Blocks } from './blocks/blocks.js';
import { type Surface, SurfaceContext } from './blocks/surface.js';
import { asBlocks } from './blocks/types.js';
import { clock, formatDate } from './dates.js';
import { nameOf, useDesk } from './desk.js';
import { Files } from './files.js';
import { Formatted } from './formatted.js';
import { Icon } from './icons.js';
import { MessageTools } from './message-tools.js';
import { parseMrkdwn } from './mrkdwn.js';
import type { PageMessage } from './wire.js';

interface MessageProperties {
  readonly message: PageMessage;
  /** Same author as above, moments later: no name again. */
  readonly compact: boolean;
  readonly replyCount: number;
  /** Absent inside a thread. */
  readonly onThread?: () => void;
  /** What the thread is about, for a reply that stands in the channel too. */
  readonly threadTitle?: string;
  readonly onDismiss: () => void;
}

/** One message: a person's words or a card of the app. */
export function Message({ message, compact, replyCount, onThread, threadTitle, onDismiss }: MessageProperties): JSX.Element {
  const desk = useDesk();
  if (message.subtype === 'tombstone') return <Tombstone replyCount={replyCount} {...(onThread === undefined ? {} : { onThread })} />;
  const look = ['message', compact && 'compact', message.ephemeral && 'ephemeral', message.bot_id !== undefined && 'from-app']
    .filter(Boolean)
    .join(' ');
  return (
    <article class={look} data-ts={message.ts} data-channel={message.channel}>
      <div class="message-side">{compact ? <Time message={message} /> : <Avatar user={message.user} />}</div>
      <div class="message-main">
        {message.ephemeral && (
          <div class="only-you">
            <Icon name="eye" /> {desk.words.onlyYou}
          </div>
        )}
        {!compact && (
          <header class="message-head">
            <b class="message-author">{nameOf(desk, message.user)}</b>
            {message.bot_id !== undefined && <span class="badge">{desk.words.app}</span>}
            <Time message={message} />
          </header>
        )}
        {message.subtype === 'thread_broadcast' && <Broadcast title={threadTitle} onThread={onThread} />}
        <Content message={message} />
        {message.ephemeral && (
          <button type="button" class="link-button dismiss" onClick={onDismiss}>
            {desk.words.dismiss}
          </button>
        )}
        <ThreadSummary replyCount={replyCount} {...(onThread === undefined ? {} : { onThread })} />
      </div>
      {!message.ephemeral && <MessageTools message={message} {...(onThread === undefined ? {} : { onThread })} />}
    </article>
  );
}

interface SummaryProperties {
  readonly replyCount: number;
  readonly onThread?: () => void;
}

function ThreadSummary({ replyCount, onThread }: SummaryProperties): JSX.Element | null {
  const { words } = useDesk();
  if (onThread === undefined || replyCount === 0) return null;
  return (
    <button type="button" class="thread-summary" onClick={onThread}>
      <Icon name="reply" /> {words.replies(replyCount)}
    </button>
  );
}

/** The small print of a reply that was sent to the channel too. */
function Broadcast({ title, onThread }: { readonly title: string | undefined; readonly onThread: (() => void) | undefined }): JSX.Element {
  const { words } = useDesk();
  if (onThread === undefined) return <p class="broadcast">{words.alsoInChannel}</p>;
  return (
    <p class="broadcast">
      {words.repliedToThread}{' '}
      <button type="button" class="broadcast-open" title={words.openThread} onClick={onThread}>
        {title || words.openThread}
      </button>
    </p>
  );
}

/** What stays of a deleted message when people had answered it. */
function Tombstone(summary: SummaryProperties): JSX.Element {
  const { words } = useDesk();
  return (
    <article class="message">
      <div class="message-side">
        <span class="avatar avatar-normal tombstone">
          <Icon name="trash" />
        </span>
      </div>
      <div class="message-main">
        <p class="block-unknown">{words.removed}</p>
        <ThreadSummary {...summary} />
      </div>
    </article>
  );
}

function Time({ message }: { readonly message: PageMessage }): JSX.Element {
  const { calendar } = useDesk();
  const seconds = Number(message.ts);
  return (
    <time
      class="message-time"
      dateTime={new Date(seconds * 1000).toISOString()}
      title={formatDate(calendar, seconds, '{date_long} {time_secs}', seconds)}
    >
      {clock(calendar, seconds)}
    </time>
  );
}

function Content({ message }: { readonly message: PageMessage }): JSX.Element {
  const desk = useDesk();
  const blocks = useMemo(() => asBlocks(message.blocks), [message]);
  const [broken] = useErrorBoundary();
  const surface: Surface = {
    press: (press) =>
      desk.act('click', {
        message: { channel: message.channel, ts: message.ts },
        ...press,
      }),
  };
  if (broken) return <div class="block-unknown">{desk.words.undrawable}</div>;
  return (
    <SurfaceContext.Provider value={surface}>
      <div class="message-content">
        {blocks.length > 0 ? <Blocks blocks={blocks} /> : <Formatted paragraphs={parseMrkdwn(message.text)} />}
        {message.edited !== undefined && <span class="edited">{desk.words.edited}</span>}
        <Files files={message.files ?? []} />
      </div>
    </SurfaceContext.Provider>
  );
}
