import type { JSX } from 'preact';
import { placeAddress, readPlace } from './address.js';
import { mount, usePlace, useWorkspace } from './app.js';
import { Client } from './client.js';
import { SLACK_API } from './connect.js';
import type { Workspace } from './wire.js';
import { wordsFor } from './words.js';

function App(): JSX.Element {
  const workspace = useWorkspace<Workspace>(SLACK_API);
  const [place, go] = usePlace(readPlace, placeAddress);
  if (workspace === null) return <p class="starting">{wordsFor(navigator.language).lost}</p>;
  const me = workspace.people.find((person) => person.id === place.as) ?? workspace.people[0];
  if (me === undefined) return <p class="starting">{workspace.name}</p>;
  return <Client key={me.id} workspace={workspace} me={me} place={place} go={go} />;
}

mount(<App />);
