import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { AttachButton, useDropping } from './attach.js';
import type { EnteredFile } from './blocks/values.js';
import { useDesk } from './desk.js';
import { Icon } from './icons.js';
import { PickedFiles } from './picked.js';
import { usePicking } from './picking.js';
import type { Workspace } from './wire.js';

/** What was typed but not sent, by person and place; it waits while one looks elsewhere. */
const drafts = new Map<string, Draft>();

interface Draft {
  readonly text: string;
  readonly files: readonly EnteredFile[];
}

const EMPTY: Draft = { text: '', files: [] };
/** As many as Slack's own composer takes. */
const MOST_ATTACHED = 10;

interface ComposerProperties {
  readonly channel: string;
  readonly thread?: string;
  readonly label: string;
}

/** Where one writes. Enter sends, Shift+Enter starts a new line, `/` lists the commands. */
export function Composer({ channel, thread, label }: ComposerProperties): JSX.Element {
  const { words, workspace } = useDesk();
  const area = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const { text, setText, files, setFiles, sending, ready, fault, send } = useWriting(channel, thread);
  const picking = usePicking({ files, onChange: setFiles, most: MOST_ATTACHED });
  const over = useDropping(form, picking.add, '.channel, .pane');
  const told = fault ?? picking.fault;
  const commands = useCommands(workspace.commands, text, (command) => {
    setText(`${command} `);
    area.current?.focus();
  });
  useGrowing(area, text);
  const submit = (event: Event) => {
    event.preventDefault();
    void send().then(() => area.current?.focus());
  };
  return (
    <form class={over ? 'composer over' : 'composer'} ref={form} onSubmit={submit}>
      {commands.list}
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
          placeholder={over ? words.dropHere : label}
          aria-label={`${label}. ${words.composerHelp}`}
          enterkeyhint="send"
          onInput={(event) => setText(event.currentTarget.value)}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])];
            if (pasted.length === 0) return;
            event.preventDefault();
            picking.add(pasted);
          }}
          onKeyDown={(event) => {
            if (event.isComposing || commands.key(event)) return;
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
function useWriting(channel: string, thread: string | undefined) {
  const { me, act } = useDesk();
  const key = `${me.id} ${channel} ${thread ?? ''}`;
  const [draft, setDraft] = useState(() => drafts.get(key) ?? EMPTY);
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    drafts.set(key, draft);
  }, [key, draft]);
  const { text, files } = draft;
  const ids = files.map(({ id }) => id).filter((id) => id !== undefined);
  const ready = !sending && ids.length === files.length && (text.trim() !== '' || ids.length > 0);
  const send = async () => {
    if (!ready) return;
    setSending(true);
    const where = { channel, ...(thread === undefined ? {} : { thread_ts: thread }) };
    const answer = await act('say', { ...where, text: text.trim(), ...(ids.length === 0 ? {} : { files: ids }) });
    setSending(false);
    setFault(answer.ok ? null : answer.error);
    // What was typed or picked meanwhile stays.
    if (answer.ok)
      setDraft((now) => ({ text: now.text === text ? '' : now.text, files: now.files.filter((file) => !files.includes(file)) }));
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
    // Nothing is measured behind another screen of a phone.
    if (box.scrollHeight > 0) box.style.height = `${box.scrollHeight}px`;
  }, [area, text]);
}

/** The list of commands above the box, with the keys that walk it. */
function useCommands(all: Workspace['commands'], text: string, choose: (command: string) => void) {
  const { words } = useDesk();
  const [at, setAt] = useState(0);
  const [hidden, setHidden] = useState('');
  const [first = ''] = text.split(/\s/, 1);
  const matching = first.startsWith('/') ? all.filter(({ command }) => command.startsWith(first)) : [];
  const choosing = matching.length > 0 && first === text && !matching.some(({ command }) => command === text) && hidden !== text;
  const chosen = matching[Math.min(at, matching.length - 1)];
  const key = (event: KeyboardEvent): boolean => {
    if (!choosing || chosen === undefined) return false;
    if (event.key === 'ArrowDown') setAt((at + 1) % matching.length);
    else if (event.key === 'ArrowUp') setAt((at + matching.length - 1) % matching.length);
    else if (event.key === 'Escape') setHidden(text);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(chosen.command);
    else return false;
    event.preventDefault();
    return true;
  };
  const list = matching.length > 0 && hidden !== text && (
    <div class="commands" role="listbox" aria-label={words.commands}>
      {matching.map(({ command, hint }) => (
        <button
          type="button"
          role="option"
          key={command}
          aria-selected={choosing && command === chosen?.command}
          onClick={() => choose(command)}
        >
          <b>{command}</b> <span>{hint}</span>
        </button>
      ))}
    </div>
  );
  return { list, key };
}
