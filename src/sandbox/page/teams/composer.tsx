import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { AttachButton, useDropping } from '../attach.js';
import type { EnteredFile } from '../blocks/values.js';
import { useDesk } from '../desk.js';
import { Icon } from '../icons.js';
import { PickedFiles } from '../picked.js';
import { usePicking } from '../picking.js';
import { useOffice } from './office.js';

const MOST_ATTACHED = 10;

interface Draft {
  readonly text: string;
  readonly files: readonly EnteredFile[];
}

/** What was typed but not sent, by person and place; it waits while one looks elsewhere. */
const drafts = new Map<string, Draft>();

interface ComposerProperties {
  readonly conversation: string;
  readonly under?: string;
  readonly label: string;
  /** Whom one may mention here, the bot first. */
  readonly names: readonly string[];
  readonly focus?: boolean;
  readonly onSent?: () => void;
}

/** Where one writes. Enter sends, Shift+Enter starts a new line, `@` mentions somebody. */
export function Composer({ conversation, under, label, names, focus = false, onSent }: ComposerProperties): JSX.Element {
  const { words } = useOffice();
  const area = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const { text, setText, files, setFiles, sending, ready, fault, send } = useWriting(conversation, under);
  const picking = usePicking({ files, onChange: setFiles, most: MOST_ATTACHED });
  const over = useDropping(form, picking.add);
  const told = fault ?? picking.fault;
  const mentions = useMentions(names, text, (name) => {
    setText(text.replace(/@[^@]*$/, `@${name} `));
    area.current?.focus();
  });
  useGrowing(area, text);
  useEffect(() => {
    if (focus) area.current?.focus();
  }, [focus]);
  const submit = (event: Event) => {
    event.preventDefault();
    void send().then((sent) => {
      if (sent) onSent?.();
      area.current?.focus();
    });
  };
  return (
    <form class={over ? 'composer over' : 'composer'} ref={form} onSubmit={submit}>
      {mentions.list}
      {told !== null && (
        <div class="composer-fault" role="alert">
          <Icon name="warn" /> {told}
        </div>
      )}
      <div class="composer-box">
        <PickedFiles files={files} onRemove={picking.remove} />
        <AttachButton onFiles={picking.add} />
        <textarea
          ref={area}
          rows={1}
          value={text}
          placeholder={label}
          aria-label={label}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.isComposing || mentions.key(event)) return;
            if (event.key === 'Enter' && !event.shiftKey) submit(event);
          }}
        />
        <button type="submit" class="send" aria-label={words.send} title={words.send} disabled={!ready}>
          {sending ? <span class="spinner" role="status" aria-label={words.sending} /> : <Icon name="send" />}
        </button>
      </div>
    </form>
  );
}

/** What is being written at a place, kept as a draft until it was sent. */
function useWriting(conversation: string, under: string | undefined) {
  const { me } = useDesk();
  const { act } = useOffice();
  const key = `${me.id} ${conversation} ${under ?? ''}`;
  const [draft, setDraft] = useState<Draft>(() => drafts.get(key) ?? { text: '', files: [] });
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    drafts.set(key, draft);
  }, [key, draft]);
  const { text, files } = draft;
  const ids = files.map(({ id }) => id).filter((id) => id !== undefined);
  const ready = !sending && ids.length === files.length && (text.trim() !== '' || ids.length > 0);
  const send = async (): Promise<boolean> => {
    if (!ready) return false;
    setSending(true);
    const where = { conversation, ...(under === undefined ? {} : { under }) };
    const answer = await act('say', { ...where, text: text.trim(), ...(ids.length === 0 ? {} : { files: ids }) });
    setSending(false);
    setFault(answer.ok ? null : answer.error);
    // What was typed or picked meanwhile stays.
    if (answer.ok)
      setDraft((now) => ({ text: now.text === text ? '' : now.text, files: now.files.filter((file) => !files.includes(file)) }));
    return answer.ok;
  };
  const setText = (next: string) => setDraft((now) => ({ ...now, text: next }));
  const setFiles = (next: readonly EnteredFile[]) => setDraft((now) => ({ ...now, files: next }));
  return { text, setText, files, setFiles, sending, ready, fault, send };
}

/** The box is as high as its words. */
function useGrowing(area: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const box = area.current;
    if (box === null) return;
    box.style.height = 'auto';
    if (box.scrollHeight > 0) box.style.height = `${box.scrollHeight}px`;
  }, [area, text]);
}

/** The people one may mean by what follows the last `@`, with the keys that choose one. */
function useMentions(names: readonly string[], text: string, choose: (name: string) => void) {
  const { words } = useOffice();
  const [at, setAt] = useState(0);
  const [hidden, setHidden] = useState('');
  const [, begun] = /(?:^|\s)@([^@\n]{0,40})$/.exec(text) ?? [];
  const matching = begun === undefined || hidden === text ? [] : names.filter((name) => startsAlike(name, begun));
  const chosen = matching[Math.min(at, matching.length - 1)];
  const key = (event: KeyboardEvent): boolean => {
    if (chosen === undefined) return false;
    if (event.key === 'ArrowDown') setAt((at + 1) % matching.length);
    else if (event.key === 'ArrowUp') setAt((at + matching.length - 1) % matching.length);
    else if (event.key === 'Escape') setHidden(text);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(chosen);
    else return false;
    event.preventDefault();
    return true;
  };
  const list = matching.length > 0 && (
    <div class="commands" role="listbox" aria-label={words.mention('')}>
      {matching.map((name) => (
        <button
          type="button"
          role="option"
          key={name}
          aria-selected={name === chosen}
          aria-label={words.mention(name)}
          onClick={() => choose(name)}
        >
          <b>{name}</b>
        </button>
      ))}
    </div>
  );
  return { list, key };
}

/** "@ma" means Martine and Alice Martin. What is written out already needs no help. */
function startsAlike(name: string, begun: string): boolean {
  const [whole, part] = [name.toLowerCase(), begun.toLowerCase()];
  return !part.startsWith(whole) && (whole.startsWith(part) || whole.split(' ').some((word) => word.startsWith(part)));
}
