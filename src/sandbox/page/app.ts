import { type JSX, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { fetchWorkspace } from './connect.js';

const RETRY_MS = 1500;

/** What the page is about; null until its server has told it. */
export function useWorkspace<Space>(api: string): Space | null {
  const [workspace, setWorkspace] = useState<Space | null>(null);
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    const load = () => {
      fetchWorkspace<Space>(api).then(setWorkspace, () => {
        again = setTimeout(load, RETRY_MS);
      });
    };
    load();
    return () => clearTimeout(again);
  }, [api]);
  return workspace;
}

/** Where one is, in the address bar; the browser's back button goes back. */
export function usePlace<Place>(read: (search: string) => Place, addressOf: (place: Place) => string): [Place, (place: Place) => void] {
  const [place, setPlace] = useState(() => read(location.search));
  useEffect(() => {
    const back = () => setPlace(read(location.search));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, [read]);
  const go = (next: Place) => {
    history.pushState(null, '', addressOf(next));
    setPlace(next);
  };
  return [place, go];
}

/** Draws the page. */
export function mount(page: JSX.Element): void {
  const root = document.getElementById('app');
  if (root !== null) render(page, root);
}
