import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface DialogProperties {
  readonly class: string;
  readonly labelledBy: string;
  /** Esc, or the phone's back gesture. */
  readonly onCancel: () => void;
  readonly children: ComponentChildren;
}

/** A dialog of the browser's own: what is behind is out of reach, and focus comes back afterwards. */
export function Dialog({ class: look, labelledBy, onCancel, children }: DialogProperties): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-field], [data-first]')?.focus();
    return () => {
      gone.current = true;
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={look}
      aria-labelledby={labelledBy}
      onCancel={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
      // A browser closes at the second Esc whatever one says: the page must then follow.
      onClose={(event) => event.target === event.currentTarget && !gone.current && onCancel()}
    >
      {children}
    </dialog>
  );
}

interface Question {
  readonly title: ComponentChildren;
  readonly text: ComponentChildren;
  readonly yes: string;
  readonly no: string;
  readonly danger: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** "Are you sure?", with both answers in words. */
export function ConfirmDialog({ title, text, yes, no, danger, onYes, onNo }: Question): JSX.Element {
  return (
    <Dialog class="confirm" labelledBy="confirm-title" onCancel={onNo}>
      <h2 id="confirm-title">{title}</h2>
      <div class="confirm-text">{text}</div>
      <div class="dialog-actions">
        <button type="button" class="button plain" onClick={onNo}>
          {no}
        </button>
        <button type="button" class={`button ${danger ? 'danger' : 'primary'} solid`} data-first onClick={onYes}>
          {yes}
        </button>
      </div>
    </Dialog>
  );
}
