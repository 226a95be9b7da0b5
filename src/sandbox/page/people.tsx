import type { JSX } from 'preact';
import { Avatar } from './avatar.js';
import { useDesk } from './desk.js';
import { Icon } from './icons.js';
import type { PageUser } from './wire.js';

interface PeopleProperties {
  readonly onPerson: (person: string) => void;
  /** Where a tab of somebody else's would be. */
  readonly addressOf: (person: string) => string;
}

/** Everybody one can be. */
export function PeopleList({ onPerson, addressOf }: PeopleProperties): JSX.Element {
  const { workspace, words } = useDesk();
  return (
    <section class="people" aria-label={words.actAs}>
      <h2>{words.actAs}</h2>
      <ul>
        {workspace.people.map((person) => (
          <PersonLink key={person.id} person={person} address={addressOf(person.id)} onBe={() => onPerson(person.id)} />
        ))}
      </ul>
    </section>
  );
}

interface PersonProperties {
  readonly person: PageUser;
  readonly address: string;
  readonly onBe: () => void;
}

function PersonLink({ person, address, onBe }: PersonProperties): JSX.Element {
  const { me, words } = useDesk();
  const current = person.id === me.id;
  return (
    <li class={current ? 'person current' : 'person'}>
      <button type="button" class="person-be" data-person={person.id} aria-current={current ? 'true' : undefined} onClick={onBe}>
        <Avatar user={person.id} size="small" />
        <span class="person-words">
          <b>
            {person.name} {current && <i>({words.you})</i>}
          </b>
          <span>{person.job}</span>
        </span>
      </button>
      {!current && (
        <a
          class="icon-button"
          href={address}
          target="_blank"
          rel="noopener"
          title={words.newTab(person.name)}
          aria-label={words.newTab(person.name)}
        >
          <Icon name="newTab" />
        </a>
      )}
    </li>
  );
}
