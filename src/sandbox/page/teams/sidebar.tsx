import type { JSX } from 'preact';
import { Avatar } from '../avatar.js';
import { useDesk } from '../desk.js';
import { Icon } from '../icons.js';
import { PeopleList } from '../people.js';
import { WorkspaceSwitch } from '../switch.js';
import { spotAddress } from './address.js';
import { useOffice } from './office.js';
import { hasUnread } from './state.js';
import type { TenantPlace } from './wire.js';

interface SidebarProperties {
  readonly current: string | undefined;
  readonly onOpen: (conversation: string) => void;
  readonly onPerson: (person: string) => void;
  readonly onLeads: () => void;
}

/** The left-hand side: the chat with the bot, the teams, and who one can be. */
export function Sidebar({ current, onOpen, onPerson, onLeads }: SidebarProperties): JSX.Element {
  const { me } = useDesk();
  const { tenant, words, state } = useOffice();
  const link = (place: TenantPlace) => (
    <PlaceLink key={place.id} place={place} current={place.id === current} onOpen={() => onOpen(place.id)} />
  );
  const teams = [...new Set(state.places.filter(({ kind }) => kind === 'channel').map(({ team }) => team))];
  return (
    <nav class="sidebar" aria-label={tenant.name}>
      <header class="sidebar-head">
        <Avatar user="bot" />
        <div>
          <h1>{tenant.name}</h1>
          <p>Forecourt</p>
        </div>
      </header>
      <WorkspaceSwitch here="Teams" there={tenant.twins[me.id] === undefined ? undefined : `/?as=${tenant.twins[me.id]}`} />
      <div class="sidebar-scroll">
        <button type="button" class="button solid accent sidebar-lead" onClick={onLeads}>
          <Icon name="plus" /> {words.sendLead}
        </button>
        <h2>{words.chat}</h2>
        <ul>{state.places.filter(({ kind }) => kind === 'personal').map(link)}</ul>
        <h2>{words.teams}</h2>
        {teams.map((team) => (
          <section class="team" key={team} aria-label={team}>
            <h3>{team}</h3>
            <ul>{state.places.filter((place) => place.team === team && place.kind === 'channel').map(link)}</ul>
          </section>
        ))}
      </div>
      <PeopleList onPerson={onPerson} addressOf={(as) => spotAddress({ as })} />
    </nav>
  );
}

interface LinkProperties {
  readonly place: TenantPlace;
  readonly current: boolean;
  readonly onOpen: () => void;
}

function PlaceLink({ place, current, onOpen }: LinkProperties): JSX.Element {
  const { me } = useDesk();
  const { tenant, words, state } = useOffice();
  const unread = !current && hasUnread(state, place.id, me.id);
  const personal = place.kind === 'personal';
  return (
    <li>
      <button
        type="button"
        class={unread ? 'channel-link unread' : 'channel-link'}
        data-channel={place.id}
        aria-current={current ? 'page' : undefined}
        onClick={onOpen}
      >
        {personal ? <Avatar user="bot" size="small" /> : <Icon name="hash" />}
        <span class="channel-name">{personal ? tenant.bot.name : place.name}</span>
        {unread && <span class="dot" role="img" aria-label={words.unread} />}
      </button>
    </li>
  );
}
