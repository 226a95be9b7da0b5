import type { ComponentChildren, JSX } from 'preact';
import { placeAddress, placeOf } from './address.js';
import { formatDate } from './dates.js';
import { channelTitle, nameOf, useDesk, useNow } from './desk.js';
import { emojiText } from './emoji.js';
import type { Paragraph, Span, Style } from './rich.js';

/** Formatted text on the page. */
export function Formatted({ paragraphs }: { readonly paragraphs: readonly Paragraph[] }): JSX.Element {
  return (
    <>
      {paragraphs.map((paragraph, index) => (
        <ParagraphView key={`${index}`} paragraph={paragraph} />
      ))}
    </>
  );
}

function ParagraphView({ paragraph }: { readonly paragraph: Paragraph }): JSX.Element {
  switch (paragraph.kind) {
    case 'lines':
      return (
        <div class="text">
          <Spans spans={paragraph.spans} />
        </div>
      );
    case 'quote':
      return (
        <blockquote class="text">
          <Spans spans={paragraph.spans} />
        </blockquote>
      );
    case 'preformatted':
      return <pre class="text">{paragraph.text}</pre>;
    case 'list':
      return <ListView list={paragraph} />;
  }
}

function ListView({ list }: { readonly list: Extract<Paragraph, { kind: 'list' }> }): JSX.Element {
  const items = list.items.map((item, index) => (
    <li key={`${index}`}>
      <Spans spans={item} />
    </li>
  ));
  const style = `text indent-${Math.min(list.indent, 4)}`;
  return list.ordered ? (
    <ol class={style} start={list.start}>
      {items}
    </ol>
  ) : (
    <ul class={style}>{items}</ul>
  );
}

function Spans({ spans }: { readonly spans: readonly Span[] }): JSX.Element {
  return (
    <>
      {spans.map((span, index) => (
        <Styled key={`${index}`} style={span.style}>
          <SpanView span={span} />
        </Styled>
      ))}
    </>
  );
}

function Styled({ style, children }: { readonly style: Style; readonly children: ComponentChildren }): JSX.Element {
  let drawn = <>{children}</>;
  if (style.code) drawn = <code>{drawn}</code>;
  if (style.strike) drawn = <s>{drawn}</s>;
  if (style.italic) drawn = <i>{drawn}</i>;
  if (style.bold) drawn = <b>{drawn}</b>;
  return drawn;
}

function SpanView({ span }: { readonly span: Span }): JSX.Element {
  const desk = useDesk();
  switch (span.kind) {
    case 'text':
      return <>{span.text}</>;
    case 'link':
      return <Link url={span.url} text={span.text} />;
    case 'user':
      return <span class={span.id === desk.me.id ? 'mention mention-me' : 'mention'}>@{nameOf(desk, span.id)}</span>;
    case 'channel':
      return <ChannelMention id={span.id} />;
    case 'broadcast':
      return <span class="mention mention-me">@{span.range}</span>;
    case 'emoji':
      return <>{emojiText(span.name)}</>;
    case 'date':
      return <Moment date={span} />;
  }
}

/** Slack's clients open a message of their own workspace themselves. */
function Link({ url, text }: { readonly url: string; readonly text: string }): JSX.Element {
  const desk = useDesk();
  const place = placeOf(url, desk.me.id);
  const { channel, thread } = place ?? {};
  if (place === null || channel === undefined || !desk.channels.some(({ id }) => id === channel)) {
    return (
      <a href={url} target="_blank" rel="noopener noreferrer">
        {text}
      </a>
    );
  }
  const open = (event: Event) => {
    event.preventDefault();
    desk.openChannel(channel, thread);
  };
  return (
    <a href={placeAddress(place)} onClick={open}>
      {text}
    </a>
  );
}

function ChannelMention({ id }: { readonly id: string }): JSX.Element {
  const desk = useDesk();
  const channel = desk.channels.find((each) => each.id === id);
  if (channel === undefined) return <span class="mention">#{id}</span>;
  return (
    <button type="button" class="mention" onClick={() => desk.openChannel(id)}>
      {channelTitle(desk, channel)}
    </button>
  );
}

function Moment({ date }: { readonly date: Extract<Span, { kind: 'date' }> }): JSX.Element {
  const { calendar } = useDesk();
  const now = useNow();
  const at = new Date(date.timestamp * 1000);
  if (Number.isNaN(at.getTime())) return <>{date.fallback}</>;
  return (
    <time dateTime={at.toISOString()} title={formatDate(calendar, date.timestamp, '{date_long} {time_secs}', now)}>
      {formatDate(calendar, date.timestamp, date.format, now)}
    </time>
  );
}
