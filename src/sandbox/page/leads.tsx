import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useDesk } from './desk.js';
import { Icon } from './icons.js';
import { Pane } from './pane.js';
import type { LeadExample } from './wire.js';

interface LeadsProperties {
  readonly onClose: () => void;
  /** What became of it, for a toast. */
  readonly onSent: (told: string, ok: boolean) => void;
}

/** Ready leads to send to the real intake, as the outside world would. */
export function LeadsPanel({ onClose, onSent }: LeadsProperties): JSX.Element {
  const { words, act, workspace, calendar } = useDesk();
  const language = calendar.locale.startsWith('fr') ? 'fr' : 'en';
  const [sending, setSending] = useState<string | null>(null);
  const send = async (example: LeadExample) => {
    if (sending !== null) return;
    setSending(example.id);
    const answer = await act('lead', { example: example.id });
    setSending(null);
    onSent(answer.ok ? words.leadAccepted(example.title[language]) : answer.error, answer.ok);
  };
  return (
    <Pane title={words.leadsTitle} detail={workspace.name} onClose={onClose}>
      <div class="leads">
        <p class="leads-intro">{words.leadsIntro}</p>
        <ul>
          {workspace.examples.map((example) => (
            <li key={example.id}>
              <button
                type="button"
                class="lead-example"
                data-example={example.id}
                aria-busy={sending === example.id}
                onClick={() => void send(example)}
              >
                <span class="lead-words">
                  <b>{example.title[language]}</b>
                  <span>{example.detail[language]}</span>
                </span>
                {sending === example.id ? <span class="spinner" role="status" aria-label={words.sending} /> : <Icon name="send" />}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Pane>
  );
}
