import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from './desk.js';
import { ConfirmDialog } from './dialog.js';
import { Icon } from './icons.js';
import type { PageMessage } from './wire.js';

interface ToolsProperties {
  readonly message: PageMessage;
  readonly onThread?: () => void;
}

/** What one may do to a message: shown on hover, always within a thumb's reach on a phone. */
export function MessageTools({ message, onThread }: ToolsProperties): JSX.Element {
  const { words, act } = useDesk();
  const [shown, setShown] = useState<'none' | 'menu' | 'removing'>('none');
  const [fault, setFault] = useState<string | null>(null);
  const hide = () => setShown('none');
  const remove = async () => {
    hide();
    const answer = await act('remove', { channel: message.channel, ts: message.ts });
    setFault(answer.ok ? null : answer.error);
  };
  return (
    <div class={shown === 'menu' ? 'message-tools open' : 'message-tools'}>
      {onThread !== undefined && (
        <button
          type="button"
          class="icon-button tool-thread"
          title={words.replyInThread}
          aria-label={words.replyInThread}
          onClick={onThread}
        >
          <Icon name="reply" />
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        title={words.more}
        aria-label={words.more}
        aria-haspopup="menu"
        aria-expanded={shown === 'menu'}
        onClick={() => setShown(shown === 'menu' ? 'none' : 'menu')}
      >
        <Icon name="dots" />
      </button>
      {shown === 'menu' && <Menu onHide={hide} onRemove={() => setShown('removing')} {...(onThread === undefined ? {} : { onThread })} />}
      {shown === 'removing' && (
        <ConfirmDialog
          title={words.removeTitle}
          text={words.removeText}
          yes={words.removeYes}
          no={words.cancel}
          danger
          onYes={() => void remove()}
          onNo={hide}
        />
      )}
      {fault !== null && (
        <span class="press-fault" role="alert">
          <Icon name="warn" /> {fault}
        </span>
      )}
    </div>
  );
}

interface MenuProperties {
  readonly onThread?: () => void;
  readonly onRemove: () => void;
  readonly onHide: () => void;
}

/** The "…" menu. Esc or a press elsewhere hides it. */
function Menu({ onThread, onRemove, onHide }: MenuProperties): JSX.Element {
  const { words } = useDesk();
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    menu.current?.querySelector('button')?.focus();
    const away = (event: Event) => {
      if (event.target instanceof Node && menu.current?.parentElement?.contains(event.target)) return;
      onHide();
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, []);
  const hideOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onHide();
  };
  const reply = () => {
    onHide();
    onThread?.();
  };
  return (
    <div class="menu" role="menu" tabIndex={-1} ref={menu} onKeyDown={hideOnEscape}>
      {onThread !== undefined && (
        <button type="button" role="menuitem" onClick={reply}>
          <Icon name="reply" /> {words.replyInThread}
        </button>
      )}
      <button type="button" role="menuitem" class="menu-danger" onClick={onRemove}>
        <Icon name="trash" /> {words.remove}
      </button>
    </div>
  );
}
