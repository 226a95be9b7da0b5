import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useDesk } from './desk.js';

const SEEN = 'forecourt.welcomed';

/** Says once, to a newcomer, what this page is. */
export function Hint(): JSX.Element | null {
  const { words } = useDesk();
  const [seen, setSeen] = useState(() => localStorage.getItem(SEEN) !== null);
  if (seen) return null;
  const dismiss = () => {
    localStorage.setItem(SEEN, 'yes');
    setSeen(true);
  };
  return (
    <aside class="hint">
      <div>
        <h2>{words.hintTitle}</h2>
        <p>{words.hint}</p>
      </div>
      <button type="button" class="button plain" onClick={dismiss}>
        {words.hintClose}
      </button>
    </aside>
  );
}
