import type { JSX } from 'preact';
import { useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import { act, fileAddress, listen, TEAMS_API, upload } from '../connect.js';
import { type Desk, DeskContext } from '../desk.js';
import { LeadsPanel } from '../leads.js';
import { Toast, useToast } from '../toast.js';
import type { PageUser } from '../wire.js';
import type { Spot } from './address.js';
import { ChannelView } from './channel.js';
import { type Office, OfficeContext } from './office.js';
import { Sidebar } from './sidebar.js';
import { emptyTenancy, fold, hasUnread, type Tenancy, type TenancyEvent } from './state.js';
import { TaskDialog } from './task.js';
import type { Tenant, TenantActs, TenantEvent, TenantPlace } from './wire.js';
import { type TeamsWords, teamsWordsFor } from './words.js';

const PHONE = '(max-width: 640px)';

interface ClientProperties {
  readonly tenant: Tenant;
  readonly me: PageUser;
  readonly spot: Spot;
  readonly go: (spot: Spot) => void;
}

/** One person's Teams. */
export function Client({ tenant, me, spot, go }: ClientProperties): JSX.Element {
  const { state, tell, connected } = useTenancy(me);
  const toast = useToast();
  const words = teamsWordsFor(me.locale);
  const place = state.places.find(({ id }) => id === spot.conversation) ?? firstOf(state.places);
  const here: Spot = { as: me.id, ...(place === undefined ? {} : { conversation: place.id }) };
  const doing: Office['act'] = (name, body) => act(TEAMS_API, me.id, name, body, words.unreachable);
  const desk = useSharedDesk(tenant, me, words, doing);
  const onScreen = spot.conversation !== undefined || !matchMedia(PHONE).matches;
  useReading(state, onScreen ? place : undefined, tell);
  useTitle(tenant, state, place, me);
  const sent = (told: string, ok: boolean) => {
    toast.show(told, ok);
    // On a phone the panel hides the channel where the card arrives.
    if (ok && matchMedia(PHONE).matches) go(here);
  };
  const screen = spot.leads ? 'pane' : spot.conversation === undefined ? 'list' : 'channel';
  const leads = () => go({ ...here, leads: true });
  const alone = state.dialog === null ? state.toasts[''] : undefined;
  return (
    <DeskContext.Provider value={desk}>
      <OfficeContext.Provider value={{ tenant, words, state, act: doing }}>
        <div class={state.ready ? 'client teams' : 'client teams loading'} data-screen={screen} lang={me.locale}>
          <Sidebar
            current={onScreen ? place?.id : undefined}
            onOpen={(conversation) => go({ as: me.id, conversation })}
            onPerson={(person) => go(spotOf(person, spot, state))}
            onLeads={leads}
          />
          {place === undefined ? (
            <main class="channel" />
          ) : (
            <ChannelView place={place} connected={connected} onBack={() => go({ as: me.id })} onLeads={leads} />
          )}
          {spot.leads && <LeadsPanel onClose={() => go(here)} onSent={sent} />}
          {state.dialog !== null && <TaskDialog dialog={state.dialog} onClosed={() => tell({ type: 'dialog-closed' })} />}
          <Toast toast={alone ? { text: alone.text, ok: !alone.error } : toast.current} />
        </div>
      </OfficeContext.Provider>
    </DeskContext.Provider>
  );
}

/** A channel where leads come in, rather than the chat. */
function firstOf(places: readonly TenantPlace[]): TenantPlace | undefined {
  return places.find(({ kind, name }) => kind === 'channel' && name !== 'General') ?? places[0];
}

/** Another person lands in the same channel, so that one sees the same card with other eyes. */
function spotOf(person: string, { conversation }: Spot, { places }: Tenancy): Spot {
  const shared = places.find(({ id, kind }) => id === conversation && kind === 'channel');
  return { as: person, ...(shared === undefined ? {} : { conversation: shared.id }) };
}

/** The desk of the parts both pages share. */
function useSharedDesk(tenant: Tenant, me: PageUser, words: TeamsWords, doing: Office['act']): Desk {
  return useMemo(() => {
    const timeZone = me.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    return {
      workspace: { ...tenant, bot: { userId: 'bot', name: tenant.bot.name }, channels: [], commands: [] },
      me,
      words,
      channels: [],
      calendar: { locale: me.locale, timeZone },
      // Of the acts of the other page, only the leads are sent from here too.
      act: (name, body) => doing(name as 'lead', body as TenantActs['lead']),
      openChannel: () => {},
      fileAddress: (id) => fileAddress(TEAMS_API, me.id, id),
      upload: (file) => upload(TEAMS_API, me.id, file, words.unreachable),
    };
  }, [tenant, me]);
}

function useTenancy(me: PageUser) {
  const store = `forecourt.teams.read.${me.id}`;
  const [state, tell] = useReducer<Tenancy, TenancyEvent, string>(fold, store, (key) => emptyTenancy(readMarks(key)));
  const [connected, setConnected] = useState(true);
  useEffect(() => listen<TenantEvent>(TEAMS_API, me.id, tell, setConnected), [me.id]);
  useEffect(() => localStorage.setItem(store, JSON.stringify(state.read)), [store, state.read]);
  return { state, tell, connected };
}

function readMarks(key: string): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, string>) : {};
  } catch {
    return {};
  }
}

/** What is on screen, in a tab one looks at, counts as read. */
function useReading(state: Tenancy, place: TenantPlace | undefined, tell: (event: TenancyEvent) => void): void {
  useEffect(() => {
    if (place === undefined) return;
    const look = () => document.visibilityState === 'visible' && tell({ type: 'seen', conversation: place.id });
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [state.messages, place?.id]);
}

function useTitle(tenant: Tenant, state: Tenancy, place: TenantPlace | undefined, me: PageUser): void {
  const unread = state.places.some(({ id }) => id !== place?.id && hasUnread(state, id, me.id));
  const where = place === undefined ? '' : `${place.kind === 'personal' ? tenant.bot.name : `${place.team} › ${place.name}`} · `;
  const title = `${unread ? '• ' : ''}${where}${me.name} · Forecourt`;
  useEffect(() => {
    document.title = title;
    document.documentElement.lang = me.locale;
  }, [title, me.locale]);
}
