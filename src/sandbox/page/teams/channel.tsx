import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../desk.js';
import { Hint } from '../hint.js';
import { Icon } from '../icons.js';
import { Composer } from './composer.js';
import { MessageView } from './message.js';
import { useOffice } from './office.js';
import { posts, repliesTo } from './state.js';
import type { TenantMessage, TenantPlace } from './wire.js';

/** As many replies as stand open below a post. */
const OPEN_REPLIES = 4;

interface ChannelProperties {
  readonly place: TenantPlace;
  readonly connected: boolean;
  readonly onBack: () => void;
  readonly onLeads: () => void;
}

/** The middle of the page: a channel with its posts, or the chat with the bot. */
export function ChannelView({ place, connected, onBack, onLeads }: ChannelProperties): JSX.Element {
  const { tenant, words, state } = useOffice();
  const chat = place.kind === 'personal';
  const title = chat ? tenant.bot.name : place.name;
  const shown = posts(state, place.id);
  const names = [tenant.bot.name, ...tenant.people.filter(({ id }) => place.members.includes(id)).map(({ name }) => name)];
  const detail = [place.team, place.description].filter(Boolean).join(' · ');
  return (
    <main class={chat ? 'channel chat' : 'channel'} aria-label={title}>
      <header class="bar">
        <button type="button" class="icon-button only-phone" aria-label={words.back} onClick={onBack}>
          <Icon name="back" />
        </button>
        <div class="bar-words">
          <h1>{title}</h1>
          <p>{detail}</p>
        </div>
        <button type="button" class="button solid accent bar-action" onClick={onLeads}>
          <Icon name="plus" /> <span>{words.sendLead}</span>
        </button>
      </header>
      {!connected && (
        <div class="lost" role="status">
          {words.lost}
        </div>
      )}
      <Hint />
      <Posts key={place.id} place={place} shown={shown} names={names} onLeads={onLeads} />
      <Composer
        key={place.id}
        conversation={place.id}
        label={chat ? words.toBot(tenant.bot.name) : words.newPost}
        names={chat ? [] : names}
      />
    </main>
  );
}

interface PostsProperties {
  readonly place: TenantPlace;
  readonly shown: readonly TenantMessage[];
  readonly names: readonly string[];
  readonly onLeads: () => void;
}

function Posts({ place, shown, names, onLeads }: PostsProperties): JSX.Element {
  const { state } = useOffice();
  const box = useStickToEnd(state.messages[place.id]);
  return (
    <div class="scroller" ref={box.element} onScroll={box.onScroll} tabIndex={-1}>
      {shown.length === 0 ? <Empty place={place} onLeads={onLeads} /> : null}
      <div class="posts">
        {shown.map((post) =>
          place.kind === 'personal' ? <MessageView key={post.id} message={post} /> : <Post key={post.id} post={post} names={names} />,
        )}
      </div>
    </div>
  );
}

/** A post, what was said below it, and where one answers. */
function Post({ post, names }: { readonly post: TenantMessage; readonly names: readonly string[] }): JSX.Element {
  const { words, state } = useOffice();
  const [writing, setWriting] = useState(false);
  const [whole, setWhole] = useState(false);
  const replies = repliesTo(state, post);
  const hidden = whole ? 0 : Math.max(0, replies.length - OPEN_REPLIES);
  return (
    <section class="post" data-post={post.id}>
      <MessageView message={post} />
      {replies.length > 0 && (
        <div class="replies">
          {hidden > 0 && (
            <button type="button" class="link-button more-replies" onClick={() => setWhole(true)}>
              {words.moreReplies(hidden)}
            </button>
          )}
          {replies.slice(hidden).map((reply) => (
            <MessageView key={reply.id} message={reply} small />
          ))}
        </div>
      )}
      {writing ? (
        <Composer
          conversation={post.conversation}
          under={post.id}
          label={words.reply}
          names={names}
          focus
          onSent={() => setWriting(false)}
        />
      ) : (
        <button type="button" class="reply-button" onClick={() => setWriting(true)}>
          <Icon name="reply" /> {words.reply}
        </button>
      )}
    </section>
  );
}

function Empty({ place, onLeads }: { readonly place: TenantPlace; readonly onLeads: () => void }): JSX.Element {
  const { words, tenant } = useOffice();
  const { me } = useDesk();
  if (place.kind === 'personal') return <p class="beginning">{words.emptyChat(tenant.bot.name)}</p>;
  return (
    <section class="empty" aria-label={me.name}>
      <span class="empty-picture">
        <Icon name="inbox" />
      </span>
      <h2>{words.emptyTitle}</h2>
      <p>{words.emptyText}</p>
      <button type="button" class="button solid accent large" onClick={onLeads}>
        {words.sendLead}
      </button>
    </section>
  );
}

const NEAR_END = 80;

/** Stays at the end while one reads the end. */
function useStickToEnd(messages: readonly TenantMessage[] | undefined) {
  const element = useRef<HTMLDivElement>(null);
  const sticking = useRef(true);
  const toEnd = () => sticking.current && element.current?.scrollTo({ top: element.current.scrollHeight });
  useLayoutEffect(() => void toEnd(), [messages]);
  useLayoutEffect(() => {
    const box = element.current;
    if (box === null) return;
    const watcher = new ResizeObserver(() => void toEnd());
    watcher.observe(box);
    const inside = box.querySelector('.posts');
    if (inside !== null) watcher.observe(inside);
    return () => watcher.disconnect();
  }, []);
  const onScroll = () => {
    const box = element.current;
    if (box !== null) sticking.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
  };
  return { element, onScroll };
}
