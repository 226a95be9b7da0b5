import type { Platform } from './chat/platform.js';
import type { Dealership } from './dealership/dealership.js';
import { rememberedName, rememberPerson } from './dealership/mirror.js';
import type { Person } from './dealership/people.js';
import type { Language } from './language/locale.js';
import type { Desk } from './workflows/workflow.js';

/** The platform may be slow to say somebody's name; a click waits no longer than this. */
const NAME_WITHIN_MS = 800;
const MOST_REMEMBERED = 5_000;

/** What every workflow works with, over this store, group and these platforms. */
export function createDesk(
  parts: Pick<Desk, 'store' | 'group' | 'now' | 'platformOf' | 'tell' | 'ending' | 'photoPage' | 'failed' | 'offers'>,
  /** For people who belong to no dealership. */
  language: Language,
): Desk {
  const { store, group, platformOf } = parts;
  const strangers = new Map<string, Person>();

  const personOf = async (account: string, name?: string): Promise<Person> => {
    const person = group.directory.byAccount(account, name);
    if (person.listed) return person;
    const known = strangers.get(account);
    if (known) return known;
    const named = {
      ...person,
      name: (await rememberedName(store.db, person.id)) ?? (await nameFrom(platformOf(account), account)) ?? person.name,
    };
    await rememberPerson(store.db, named);
    if (strangers.size >= MOST_REMEMBERED) strangers.clear();
    strangers.set(account, named);
    return named;
  };

  const languageFor = (person: Person, dealership?: Dealership): Language => {
    if (person.language) return person.language;
    // Somebody of another site keeps the language of their own.
    const belongs = (one: Dealership) => group.directory.rolesAt(person, one).size > 0;
    if (dealership && belongs(dealership)) return dealership.language;
    return (group.dealerships.find(belongs) ?? dealership)?.language ?? language;
  };

  return { ...parts, personOf, languageFor };
}

async function nameFrom(platform: Platform | undefined, account: string): Promise<string | null> {
  if (!platform) return null;
  const late = new Promise<null>((resolve) => setTimeout(resolve, NAME_WITHIN_MS, null).unref());
  return Promise.race([platform.nameOf(account).catch(() => null), late]);
}
