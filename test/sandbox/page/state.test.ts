import { describe, expect, it } from 'vitest';
import { type Chat, type ChatEvent, emptyChat, fold, hasUnread, replies, timeline } from '../../../src/sandbox/page/state.js';
import type { PageChannel, PageMessage, PageView } from '../../../src/sandbox/page/wire.js';

const leads: PageChannel = { id: 'C0LEADS', name: 'leads', private: false, topic: '', members: ['U0ALICE'] };
const said = (ts: string, more: Partial<PageMessage> = {}): PageMessage => ({
  channel: 'C0LEADS',
  ts,
  user: 'U0BOT',
  text: `at ${ts}`,
  ...more,
});
const view: PageView = { id: 'V1', callback_id: 'lead', title: { text: 'Lead' }, blocks: [] };
const chatAfter = (...events: ChatEvent[]): Chat => events.reduce(fold, emptyChat({}));
const hello = (...messages: PageMessage[]): ChatEvent => ({ type: 'hello', channels: [leads], messages });
const times = (messages: readonly PageMessage[]) => messages.map(({ ts }) => ts);

describe('what a client knows', () => {
  it('is ready with the first hello, oldest message first', () => {
    const chat = chatAfter(hello(said('2.0'), said('1.0')));
    expect(chat.ready).toBe(true);
    expect(times(timeline(chat, 'C0LEADS'))).toEqual(['1.0', '2.0']);
  });

  it('takes new messages in order, and the same one only once', () => {
    const chat = chatAfter(
      hello(said('1.0')),
      { type: 'message', message: said('3.0') },
      { type: 'message', message: said('2.0') },
      { type: 'message', message: said('3.0') },
    );
    expect(times(timeline(chat, 'C0LEADS'))).toEqual(['1.0', '2.0', '3.0']);
  });

  it('redraws in place and forgets what was deleted', () => {
    const redrawn = chatAfter(hello(said('1.0'), said('2.0')), { type: 'changed', message: said('1.0', { text: 'claimed' }) });
    expect(timeline(redrawn, 'C0LEADS').map(({ text }) => text)).toEqual(['claimed', 'at 2.0']);
    expect(times(timeline(fold(redrawn, { type: 'deleted', channel: 'C0LEADS', ts: '1.0' }), 'C0LEADS'))).toEqual(['2.0']);
  });

  it('keeps private messages through a reconnection, until they are waved away', () => {
    const whisper = said('2.0', { ephemeral: true });
    const chat = chatAfter(hello(said('1.0')), { type: 'message', message: whisper }, hello(said('1.0'), said('3.0')));
    expect(times(timeline(chat, 'C0LEADS'))).toEqual(['1.0', '2.0', '3.0']);
    expect(times(timeline(fold(chat, { type: 'dismissed', channel: 'C0LEADS', ts: '2.0' }), 'C0LEADS'))).toEqual(['1.0', '3.0']);
  });

  it('sets replies under their message, unless they were also sent to the channel', () => {
    const chat = chatAfter(
      hello(
        said('1.0', { thread_ts: '1.0' }),
        said('2.0', { thread_ts: '1.0' }),
        said('3.0', { thread_ts: '1.0', subtype: 'thread_broadcast' }),
      ),
    );
    expect(times(timeline(chat, 'C0LEADS'))).toEqual(['1.0', '3.0']);
    expect(times(replies(chat, 'C0LEADS', '1.0'))).toEqual(['2.0', '3.0']);
  });

  it('opens, replaces and closes the form; a late close spares the next form', () => {
    const open = chatAfter({ type: 'view', view });
    expect(open.view).toBe(view);
    const next = fold(open, { type: 'view', view: { ...view, id: 'V2' } });
    expect(fold(next, { type: 'view-closed', view: 'V1' }).view?.id).toBe('V2');
    expect(fold(next, { type: 'view-closed', view: 'V2' }).view).toBeNull();
    expect(fold(next, { type: 'view', view: null }).view).toBeNull();
  });

  it('adds a channel, or tells it anew', () => {
    const chat = chatAfter(
      hello(),
      { type: 'channel', channel: { ...leads, id: 'D1' } },
      { type: 'channel', channel: { ...leads, topic: 'new' } },
    );
    expect(chat.channels.map(({ id, topic }) => [id, topic])).toEqual([
      ['D1', ''],
      ['C0LEADS', 'new'],
    ]);
  });
});

describe('unread', () => {
  it('begins with anything never seen and ends with a look', () => {
    const chat = chatAfter(hello(said('1.0')));
    expect(hasUnread(chat, 'C0LEADS', 'U0ALICE')).toBe(true);
    expect(hasUnread(fold(chat, { type: 'seen', channel: 'C0LEADS' }), 'C0LEADS', 'U0ALICE')).toBe(false);
  });

  it('is neither what one wrote oneself nor a reply in a thread', () => {
    const chat = chatAfter(
      hello(said('1.0')),
      { type: 'seen', channel: 'C0LEADS' },
      { type: 'message', message: said('2.0', { user: 'U0ALICE' }) },
      { type: 'message', message: said('3.0', { thread_ts: '1.0' }) },
    );
    expect(hasUnread(chat, 'C0LEADS', 'U0ALICE')).toBe(false);
  });

  it('changes nothing when there is nothing new to see', () => {
    const chat = chatAfter(hello(said('1.0')), { type: 'seen', channel: 'C0LEADS' });
    expect(fold(chat, { type: 'seen', channel: 'C0LEADS' })).toBe(chat);
    expect(fold(chat, { type: 'seen', channel: 'C0NOWHERE' })).toBe(chat);
  });
});
