import type { JSX } from 'preact';
import { mount, usePlace, useWorkspace } from '../app.js';
import { TEAMS_API } from '../connect.js';
import { wordsFor } from '../words.js';
import { readSpot, spotAddress } from './address.js';
import { Client } from './client.js';
import type { Tenant } from './wire.js';

function App(): JSX.Element {
  const tenant = useWorkspace<Tenant>(TEAMS_API);
  const [spot, go] = usePlace(readSpot, spotAddress);
  if (tenant === null) return <p class="starting">{wordsFor(navigator.language).lost}</p>;
  const me = tenant.people.find((person) => person.id === spot.as) ?? tenant.people[0];
  if (me === undefined) return <p class="starting">{tenant.name}</p>;
  return <Client key={me.id} tenant={tenant} me={me} spot={spot} go={go} />;
}

mount(<App />);
