import { type JSX, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Place, placeAddress, readPlace } from './address.js';
import { Client } from './client.js';
import { fetchWorkspace, SLACK_API } from './connect.js';
import type { Workspace } from './wire.js';
import { wordsFor } from './words.js';

const RETRY_MS = 1500;

function App(): JSX.Element {
  const workspace = useWorkspace();
  const [place, go] = usePlace();
  if (workspace === null) return <p class="starting">{wordsFor(navigator.language).lost}</p>;
  const me = workspace.people.find((person) => person.id === place.as) ?? workspace.people[0];
  if (me === undefined) return <p class="starting">{workspace.name}</p>;
  return <Client key={me.id} workspace={workspace} me={me} place={place} go={go} />;
}

function useWorkspace(): Workspace | null {
  const [workspace, setWorkspace] = useState<Workspace | null>(null);
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    const load = () => {
      fetchWorkspace<Workspace>(SLACK_API).then(setWorkspace, () => {
        again = setTimeout(load, RETRY_MS);
      });
    };
    load();
    return () => clearTimeout(again);
  }, []);
  return workspace;
}

/** Where one is, in the address bar; the browser's back button goes back. */
function usePlace(): [Place, (place: Place) => void] {
  const [place, setPlace] = useState(() => readPlace(location.search));
  useEffect(() => {
    const back = () => setPlace(readPlace(location.search));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const go = (next: Place) => {
    history.pushState(null, '', placeAddress(next));
    setPlace(next);
  };
  return [place, go];
}

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
