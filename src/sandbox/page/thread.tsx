import type { JSX } from 'preact';
import { Composer } from './composer.js';
import { channelTitle, useDesk } from './desk.js';
import { Message } from './message.js';
import { MessageList } from './messages.js';
import { Pane } from './pane.js';
import { type Chat, replies } from './state.js';
import type { PageChannel, PageMessage } from './wire.js';

interface ThreadProperties {
  readonly channel: PageChannel;
  readonly thread: string;
  readonly chat: Chat;
  readonly onClose: () => void;
  readonly onDismiss: (message: PageMessage) => void;
}

/** A message and what was said under it. */
export function ThreadView({ channel, thread, chat, onClose, onDismiss }: ThreadProperties): JSX.Element {
  const desk = useDesk();
  const parent = chat.messages[channel.id]?.find(({ ts }) => ts === thread);
  const under = replies(chat, channel.id, thread);
  return (
    <Pane title={desk.words.thread} detail={channelTitle(desk, channel)} onClose={onClose}>
      <MessageList messages={under} replyCount={() => 0} onDismiss={onDismiss} dividers={false}>
        {parent !== undefined && (
          <div class="thread-parent">
            <Message message={parent} compact={false} replyCount={0} onDismiss={() => onDismiss(parent)} />
          </div>
        )}
        {under.length > 0 && (
          <div class="thread-count">
            <span>{desk.words.replies(under.length)}</span>
          </div>
        )}
      </MessageList>
      <Composer channel={channel.id} thread={thread} label={desk.words.composerThread} />
    </Pane>
  );
}
