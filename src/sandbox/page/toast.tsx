import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icons.js';

const SHOWN_MS = 6000;

interface Told {
  readonly text: string;
  readonly ok: boolean;
}

/** A short word about something done; it goes away by itself. */
export function useToast() {
  const [current, setCurrent] = useState<Told | null>(null);
  useEffect(() => {
    if (current === null) return;
    const timer = setTimeout(() => setCurrent(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [current]);
  return {
    current,
    show: (text: string, ok: boolean) => setCurrent({ text, ok }),
  };
}

export function Toast({ toast }: { readonly toast: Told | null }): JSX.Element {
  return (
    <div class="toasts" role="status">
      {toast !== null && (
        <div class={toast.ok ? 'toast' : 'toast toast-fault'}>
          <Icon name={toast.ok ? 'check' : 'warn'} /> {toast.text}
        </div>
      )}
    </div>
  );
}
