import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from './desk.js';
import { Icon } from './icons.js';

interface PaneProperties {
  readonly title: string;
  readonly detail: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** The right-hand side; the whole screen on a phone. Esc closes it. */
export function Pane({ title, detail, onClose, children }: PaneProperties): JSX.Element {
  const { words } = useDesk();
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a touch screen this would only raise the keyboard.
    if (matchMedia('(hover: none)').matches) return;
    pane.current?.querySelector<HTMLElement>('textarea, .lead-example')?.focus({ preventScroll: true });
  }, []);
  return (
    <aside class="pane" aria-label={title} ref={pane} onKeyDown={(event) => isOwnEscape(event) && onClose()}>
      <header class="bar">
        <button type="button" class="icon-button only-phone" aria-label={words.back} onClick={onClose}>
          <Icon name="back" />
        </button>
        <div class="bar-words">
          <h2>{title}</h2>
          <p>{detail}</p>
        </div>
        <button type="button" class="icon-button not-phone" aria-label={words.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </aside>
  );
}

/** Not the Esc that closes a dialog or a list on the pane. */
function isOwnEscape(event: KeyboardEvent): boolean {
  const inDialog = event.target instanceof Element && event.target.closest('dialog') !== null;
  return event.key === 'Escape' && !event.defaultPrevented && !inDialog;
}
