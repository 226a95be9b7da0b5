import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from './desk.js';
import { Icon } from './icons.js';
import type { Workspace } from './wire.js';

/** What was typed but not sent, by person and place; it waits while one looks elsewhere. */
const drafts = new Map<string, string>();

interface ComposerProperties {
  readonly channel: string;
  readonly thread?: string;
  readonly label: string;
}

/** Where one writes. Enter sends, Shift+Enter starts a new line, `/` lists the commands. */
export function Composer({ channel, thread, label }: ComposerProperties): JSX.Element {
  const { words, workspace } = useDesk();
  const area = useRef<HTMLTextAreaElement>(null);
  const { text, setText, sending, fault, send } = useWriting(channel, thread);
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
    <form class="composer" onSubmit={submit}>
      {commands.list}
      {fault !== null && (
        <div class="composer-fault" role="alert">
          <Icon name="warn" /> {fault}
        </div>
      )}
      <div class="composer-box">
        <textarea
          ref={area}
          rows={1}
          value={text}
          placeholder={label}
          aria-label={`${label}. ${words.composerHelp}`}
          enterkeyhint="send"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.isComposing || commands.key(event)) return;
            if (event.key === 'Enter' && !event.shiftKey) submit(event);
          }}
        />
        <button type="submit" class="send" aria-label={words.send} title={words.send} disabled={text.trim() === '' || sending}>
          {sending ? <span class="spinner" role="status" aria-label={words.sending} /> : <Icon name="send" />}
        </button>
      </div>
    </form>
  );
}

/** What is being written at a place, kept as a draft until it was sent. */
function useWriting(channel: string, thread: string | undefined) {
  const { me, act } = useDesk();
  const draft = `${me.id} ${channel} ${thread ?? ''}`;
  const [text, setText] = useState(() => drafts.get(draft) ?? '');
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    drafts.set(draft, text);
  }, [draft, text]);
  const send = async () => {
    if (sending || text.trim() === '') return;
    setSending(true);
    const answer = await act('say', { channel, text: text.trim(), ...(thread === undefined ? {} : { thread_ts: thread }) });
    setSending(false);
    setFault(answer.ok ? null : answer.error);
    // What was typed meanwhile stays.
    if (answer.ok) setText((now) => (now === text ? '' : now));
  };
  return { text, setText, sending, fault, send };
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
