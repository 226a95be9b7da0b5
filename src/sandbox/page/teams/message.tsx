import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Avatar } from '../avatar.js';
import { clock, dayDivider, localDay } from '../dates.js';
import { nameOf, useDesk, useNow } from '../desk.js';
import { ConfirmDialog } from '../dialog.js';
import { Files } from '../files.js';
import { Icon } from '../icons.js';
import { CardView } from './card.js';
import { markdownHtml, plainHtml } from './markdown.js';
import { useOffice } from './office.js';
import type { EnteredInputs, PressedAction, TenantMessage, TenantToast } from './wire.js';

const TOAST_MS = 8_000;

/** One message: who, when, what, and the buttons below it. */
export function MessageView({ message, small = false }: { readonly message: TenantMessage; readonly small?: boolean }): JSX.Element {
  const desk = useDesk();
  const { words } = useOffice();
  const now = useNow();
  const [editing, setEditing] = useState(false);
  if (message.deleted) {
    return (
      <div class="post-message gone" data-message={message.id}>
        <p>{words.removed}</p>
      </div>
    );
  }
  const seconds = Number(message.id) / 1_000;
  const today = localDay(desk.calendar, seconds) === localDay(desk.calendar, now);
  const name = nameOf(desk, message.from);
  return (
    <article class={message.mentionsMe ? 'post-message to-me' : 'post-message'} data-message={message.id} aria-label={name}>
      <Avatar user={message.from} size={small ? 'small' : 'normal'} />
      <div class="post-main">
        <header class="post-head">
          <b>{name}</b>
          {message.from === 'bot' && <span class="badge">{words.app}</span>}
          <time>{`${today ? '' : `${dayDivider(desk.calendar, seconds, now)} `}${clock(desk.calendar, seconds)}`}</time>
          {message.edited && <span class="edited">{words.edited}</span>}
        </header>
        {editing ? <EditBox message={message} onDone={() => setEditing(false)} /> : <Said message={message} />}
        {message.cards.map((card, index) => (
          <MessageCard key={`${message.id} ${index}`} message={message} card={card} />
        ))}
        {message.pictures.map((url) => (
          <img key={url} class="image-large" src={url} alt="" loading="lazy" />
        ))}
        <Files files={message.files} />
        <MessageToast message={message} />
      </div>
      <MessageTools message={message} onEdit={() => setEditing(true)} />
    </article>
  );
}

function Said({ message: { text, format } }: { readonly message: TenantMessage }): JSX.Element | null {
  if (text === '') return null;
  const html = format === 'markdown' ? markdownHtml(text) : plainHtml(text);
  // Nothing comes out of these functions but escaped text and elements of our own.
  return <div class="post-text" dangerouslySetInnerHTML={{ __html: html }} />;
}

/** One's own words, to be put otherwise. Enter saves, Esc leaves them as they are. */
function EditBox({ message, onDone }: { readonly message: TenantMessage; readonly onDone: () => void }): JSX.Element {
  const { words, act } = useOffice();
  const [text, setText] = useState(() => typedFor(message.text));
  const [fault, setFault] = useState<string | null>(null);
  const save = async (event: Event) => {
    event.preventDefault();
    if (text.trim() === '') return;
    const answer = await act('edit', { conversation: message.conversation, id: message.id, text: text.trim() });
    if (answer.ok) onDone();
    else setFault(answer.error);
  };
  return (
    <form class="edit-box" onSubmit={(event) => void save(event)}>
      <textarea
        class="control"
        aria-label={words.edit}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void save(event);
        }}
      />
      {fault !== null && <p role="alert">{fault}</p>}
      <div class="dialog-actions">
        <button type="button" class="button plain" onClick={onDone}>
          {words.cancel}
        </button>
        <button type="submit" class="button primary solid">
          {words.save}
        </button>
      </div>
    </form>
  );
}

/** As it was typed: the mentions a message begins with stay by themselves, the others are written `@Name`. */
function typedFor(text: string): string {
  return text.replace(/^(?:<at>[^<]*<\/at> )+/, '').replace(/<at>([^<]*)<\/at>/g, '@$1');
}

function MessageCard({ message, card }: { readonly message: TenantMessage; readonly card: unknown }): JSX.Element {
  const { act } = useOffice();
  const press = async (action: PressedAction, inputs: EnteredInputs) => {
    if (action.type === 'Action.OpenUrl') openAddress(action.url);
    else await act('click', { conversation: message.conversation, id: message.id, action, inputs });
  };
  return <CardView card={card} onPress={press} />;
}

/** In a window of its own, which knows nothing of this one. */
export function openAddress(url: string | undefined): void {
  if (url !== undefined && /^(?:https?:|mailto:|tel:)/i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
}

function MessageToast({ message }: { readonly message: TenantMessage }): JSX.Element | null {
  const { state } = useOffice();
  const toast = state.toasts[message.id];
  return toast ? <ToastLine toast={toast} /> : null;
}

/** Words in passing; an error stays until the next act. */
export function ToastLine({ toast }: { readonly toast: TenantToast }): JSX.Element | null {
  const [over, setOver] = useState<TenantToast | null>(null);
  useEffect(() => {
    if (toast.error) return;
    const timer = setTimeout(() => setOver(toast), TOAST_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  if (over === toast) return null;
  return (
    <p class={toast.error ? 'card-toast fault' : 'card-toast'} role={toast.error ? 'alert' : 'status'}>
      {toast.error && <Icon name="warn" />}
      <span>{toast.text}</span>
    </p>
  );
}

function MessageTools({ message, onEdit }: { readonly message: TenantMessage; readonly onEdit: () => void }): JSX.Element | null {
  const { me } = useDesk();
  const { words, act } = useOffice();
  const [asking, setAsking] = useState(false);
  if (message.from !== me.id && message.from !== 'bot') return null;
  const remove = () => {
    setAsking(false);
    void act('remove', { conversation: message.conversation, id: message.id });
  };
  return (
    <div class="post-tools">
      {message.from === me.id && message.text !== '' && (
        <button type="button" class="icon-button" title={words.edit} aria-label={words.edit} onClick={onEdit}>
          <Icon name="pencil" />
        </button>
      )}
      <button type="button" class="icon-button" title={words.remove} aria-label={words.remove} onClick={() => setAsking(true)}>
        <Icon name="trash" />
      </button>
      {asking && (
        <ConfirmDialog
          title={words.removeTitle}
          text={words.removeText}
          yes={words.removeYes}
          no={words.cancel}
          danger
          onYes={remove}
          onNo={() => setAsking(false)}
        />
      )}
    </div>
  );
}
