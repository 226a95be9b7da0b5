import type { MessageId } from '../../src/chat/text.js';
import { fileKey } from '../../src/platforms/teams/hear-message.js';
import { teamsPlatform } from '../../src/platforms/teams/index.js';
import {
  type FaultEffect,
  type MessageAt,
  type RunningSimulator,
  startTeamsSimulator,
  type TeamsMessage,
  type TeamsSeed,
} from '../../src/sandbox/teams/index.js';
import { type Served, serve } from '../platforms/slack/wire.js';
import { everyObject, type Found, unescaped } from '../platforms/teams/seen.js';
import { memoryIn } from '../support/kept.js';
import { noises } from './teams-events.js';
import type { ContractWorld, Outcome, Shown } from './world.js';

type Simulator = RunningSimulator['simulator'];

/** What is said when there is nothing to say. */
const DONE = 'Noted';
const LEADS = '19:leads@thread.tacv2';
const OTHER = '19:other@thread.tacv2';
/** The other dealership's channel: whom the bot never heard it looks up in the teams it is in. */
const ELSEWHERE = '19:elsewhere@thread.tacv2';

const seed = (rsc: boolean): TeamsSeed => ({
  tenant: { id: '11111111-2222-4333-8444-555555555555', name: 'Lumière' },
  app: { id: '66666666-7777-4888-8999-000000000000', password: 'contract-password', name: 'Forecourt' },
  people: [
    { aadObjectId: 'aad-alice', name: 'Alice Martin', locale: 'fr-FR', timeZone: 'Europe/Paris' },
    { aadObjectId: 'aad-zoe', name: 'Zoé Petit', locale: 'en-GB', timeZone: 'Europe/London' },
  ],
  teams: [
    {
      ...{ id: '19:lyon@thread.tacv2', groupId: 'group-lyon', name: 'Lyon', members: ['aad-alice'], installed: true },
      channels: [{ id: LEADS, name: 'Leads', description: '' }],
    },
    {
      ...{ id: '19:paris@thread.tacv2', groupId: 'group-paris', name: 'Paris', members: ['aad-alice', 'aad-zoe'], installed: false },
      channels: [{ id: OTHER, name: 'Other', description: '' }],
    },
    {
      ...{ id: '19:annecy@thread.tacv2', groupId: 'group-annecy', name: 'Annecy', members: ['aad-zoe'], installed: true },
      channels: [{ id: ELSEWHERE, name: 'Leads', description: '' }],
    },
  ],
  rsc,
});

const SPOILS: Record<Parameters<ContractWorld['spoil']>[0], FaultEffect> = {
  refused: { kind: 'refused', status: 400, code: 'BadArgument' },
  down: { kind: 'status', status: 503, stored: false },
  busy: { kind: 'throttled', retryAfter: 1 },
  lost: { kind: 'lost', stored: true },
};

/** A simulated tenant with the platform connected to it; `consent`: the bot hears everything in its channels. */
export async function teamsWorld({ consent }: { readonly consent: boolean }): Promise<ContractWorld> {
  let front: Served | undefined;
  const seeded = seed(consent);
  const running = await startTeamsSimulator(seeded, { rate: 'off', botUrl: () => `${front?.url}/api/messages`, times: { retriesMs: [] } });
  const { simulator } = running;
  const kept = new Map<string, string>();
  const platform = teamsPlatform({
    registration: { appId: seeded.app.id, appPassword: seeded.app.password, tenantId: seeded.tenant.id },
    ...{ loginUrl: running.loginUrl, openIdUrl: running.openIdUrl, serviceUrl: running.serviceUrl, graphUrl: running.graphUrl },
    publicUrl: () => 'https://leads.example.org',
    share: async (name) => `https://leads.example.org/p/${name}`,
    memory: memoryIn(kept),
    channels: [`teams:${LEADS}`, `teams:${ELSEWHERE}`],
    timeoutMs: 2_000,
    log: () => {},
    trouble: () => ({ summary: 'Sorry', elements: [], buttons: [] }),
    troubleText: () => 'Not saved',
    requiredText: () => 'Fill this in',
    doneText: () => DONE,
  });
  front = await serve((req, res) => platform.handle(req, res));
  const told = whispersOf(simulator);
  return {
    platform: {
      ...platform,
      async start(ears) {
        await platform.start(ears);
        // What Teams tells of the team a channel is in.
        await simulator.install();
      },
    },
    abilities: {
      ...{ searches: consent, searchesInPrivate: false, keepsMarks: false, hearsDeletions: consent, aloud: false },
      ...{ filesInThreads: false, threadsEnd: false, comparesEdits: false },
    },
    channel: `teams:${LEADS}`,
    closedChannel: `teams:${OTHER}`,
    person: 'teams:aad-alice',
    personName: 'Alice Martin',
    outsider: 'teams:aad-zoe',
    departed: 'teams:aad-gone',
    whispersBelow: false,
    addressOf(message) {
      const [, channel = '', root = '', id = ''] = /^teams:(.+);messageid=(\d+)\/(\d+)$/.exec(message) ?? [];
      const query = new URLSearchParams({ tenantId: seeded.tenant.id, parentMessageId: root });
      return `https://teams.microsoft.com/l/message/${encodeURIComponent(channel)}/${id}?${query}`;
    },
    ...seen(simulator),
    whispers: async (person) => told.of(bare(person)),
    ...done(simulator, consent),
    async noise(under, remark) {
      for (const { conversation, more } of noises(simulator, refOf(under), refOf(remark)))
        await simulator.forge('aad-alice', conversation, more);
    },
    spoil(how) {
      simulator.faults.add({ effect: SPOILS[how], times: 1 });
    },
    async stop() {
      await platform.stop();
      await front?.stop();
      await running.stop();
    },
  };
}

/** What people see. */
function seen(simulator: Simulator): Pick<ContractWorld, 'shown' | 'count' | 'listed' | 'below' | 'openForm'> {
  return {
    async shown(message) {
      const found = simulator.message(refOf(message));
      return found ? shownOf(found) : null;
    },
    count: async (channel) => simulator.messages(bare(channel)).length,
    async listed(channel) {
      return simulator
        .messages(bare(channel))
        .filter(({ root }) => root === undefined)
        .map(idOf);
    },
    async below(message) {
      const { conversation, id } = refOf(message);
      return simulator
        .messages(conversation)
        .filter(({ root }) => root === id)
        .map(idOf);
    },
    async openForm(person) {
      const objects = everyObject(simulator.as(bare(person)).dialog()?.card);
      const form = objects.map(({ data }) => (data as Found | undefined)?.form).find((id) => typeof id === 'string');
      const inputs = objects.filter(({ type }) => String(type).startsWith('Input.'));
      return typeof form === 'string' ? { id: form, fields: inputs.map(({ id }) => String(id)) } : null;
    },
  };
}

/** What people do. */
function done(
  simulator: Simulator,
  consent: boolean,
): Pick<ContractWorld, 'click' | 'command' | 'typed' | 'submit' | 'say' | 'sayWithMarkup' | 'hand' | 'edit' | 'remove'> {
  return {
    async click(person, message, action) {
      return outcome(await simulator.as(bare(person)).click(refOf(message), action));
    },
    async typed(person, text) {
      const someone = simulator.as(bare(person));
      return taken(simulator, someone.say(someone.chat(), text).id);
    },
    async command(person, words) {
      const someone = simulator.as(bare(person));
      const chat = someone.chat();
      pressesWhatOpens(simulator, bare(person), chat);
      const { id } = someone.say(chat, words);
      return taken(simulator, id);
    },
    async submit(person, values) {
      const someone = simulator.as(bare(person));
      const entered = Object.entries(values).map(([field, value]) => [field, value === '' ? null : value]);
      const shown = await someone.submit(Object.fromEntries(entered));
      if (!shown.ok) return shown.fields ? { faults: shown.fields } : { error: shown.error };
      const faults = faultsOf(someone.dialog()?.card);
      return Object.keys(faults).length > 0 ? { faults } : {};
    },
    async say(person, { text, under }) {
      const at = under === undefined ? undefined : refOf(under);
      // Without consent the bot hears what mentions it: people below a lead's card write to it.
      const mention = !consent && at !== undefined;
      return idOf(simulator.as(bare(person)).say(LEADS, text, { mention, ...(at && { under: at.id }) }));
    },
    async sayWithMarkup(person, under) {
      const text = '@Zoé Petit voit leads : https://example.org/annonce, zoe@example.org & @here';
      simulator.as(bare(person)).say(LEADS, text, { under: refOf(under).id, mentions: ['aad-zoe'], mention: !consent });
      return 'Zoé Petit voit leads : https://example.org/annonce, zoe@example.org & @here';
    },
    async hand(person, name, bytes) {
      const someone = simulator.as(bare(person));
      const file = someone.upload(name, bytes);
      const { id } = someone.say(someone.chat(), '', { files: [file] });
      await taken(simulator, id);
      const sent = simulator.deliveries.findLast(({ activity }) => activity.id === id)?.activity;
      const url = everyObject(sent)
        .map(({ downloadUrl }) => downloadUrl)
        .find((one) => typeof one === 'string');
      return `teams:sent/${fileKey(String(url))}`;
    },
    async edit(person, message, text) {
      simulator.as(bare(person)).edit(refOf(message), text);
    },
    async remove(person, message) {
      simulator.as(bare(person)).remove(refOf(message));
    },
  };
}

/** A form cannot open by itself after a message: the person presses the button they are sent for it. */
function pressesWhatOpens(simulator: Simulator, person: string, chat: string): void {
  const stop = simulator.subscribe((change) => {
    if (change.type !== 'message' || change.conversation.id !== chat || !change.message.from.startsWith('28:')) return;
    stop();
    const [button] = everyObject(change.message.attachments).filter(({ data }) => typeof (data as Found | undefined)?.command === 'string');
    if (button) void simulator.as(person).click(change.message, String(button.title));
  });
}

/** Waits until the bot took a message. */
async function taken(simulator: Simulator, id: string): Promise<Outcome> {
  const { outcome: answered } = await simulator.until(() => simulator.deliveries.find(({ activity }) => activity.id === id));
  return answered.failure === null ? {} : { error: answered.failure };
}

/** What each person alone was shown, as it came: in their chat, below a button they pressed, in a dialog. */
function whispersOf(simulator: Simulator): { of(person: string): readonly Shown[] } {
  const all: { readonly person: string; readonly shown: Shown }[] = [];
  const nothing = { buttons: [], pings: [], links: [], pictures: [] };
  simulator.subscribe((change) => {
    if (change.type === 'message' && change.conversation.kind === 'personal' && change.message.from.startsWith('28:'))
      for (const person of change.conversation.members) all.push({ person, shown: shownOf(change.message) });
    if (change.type === 'toast' && change.toast.text !== DONE)
      all.push({ person: change.person, shown: { ...nothing, text: change.toast.text } });
    if (change.type === 'dialog' && change.dialog?.message && change.dialog.message !== DONE)
      all.push({ person: change.person, shown: { ...nothing, text: change.dialog.message } });
    if (change.type === 'dialog' && change.dialog?.card) all.push({ person: change.person, shown: shownOfCard(change.dialog.card) });
  });
  return { of: (person) => all.filter((one) => one.person === person).map(({ shown }) => shown) };
}

function idOf({ conversation, id, root }: TeamsMessage): MessageId {
  return conversation.startsWith('19:') ? `teams:${conversation};messageid=${root ?? id}/${id}` : `teams:${conversation}/${id}`;
}

function bare(id: string): string {
  return id.replace(/^teams:/, '');
}

function refOf(message: MessageId): MessageAt {
  const [conversation = '', id = ''] = bare(message).split('/');
  return { conversation: conversation.replace(/;messageid=.*/, ''), id };
}

function outcome(shown: Awaited<ReturnType<ReturnType<Simulator['as']>['click']>>): Outcome {
  if (shown.ok) return {};
  return shown.fields ? { faults: shown.fields } : { error: shown.error };
}

/** Sentences in red, by the input they stand below. */
function faultsOf(card: unknown): Record<string, string> {
  const faults: Record<string, string> = {};
  let field = '';
  for (const object of everyObject(card)) {
    if (String(object.type).startsWith('Input.')) field = String(object.id);
    if (object.type === 'TextRun' && object.color === 'Attention') faults[field] = String(object.text);
  }
  return faults;
}

function shownOf(message: TeamsMessage): Shown {
  return message.attachments.map(({ content }) => shownOfCard(content)).at(-1) ?? shownOfCard({ body: [] });
}

function shownOfCard(card: unknown): Shown {
  const elements = everyObject(card);
  const drawn = elements.filter((element) => !isFallback(elements, element));
  const mentions = drawn.filter(({ type }) => type === 'mention');
  const parsed = drawn.filter(({ type }) => type === 'TextBlock').map(({ text }) => String(text));
  return {
    text: drawn.flatMap(visible).join(' '),
    buttons: drawn.flatMap((element) => (['Action.Execute', 'Action.Submit'].includes(String(element.type)) ? [nameOf(element)] : [])),
    pings: mentions.map(({ mentioned }) => String((mentioned as Found).id)),
    links: [
      ...drawn.flatMap(({ type, url }) => (type === 'Action.OpenUrl' ? [String(url)] : [])),
      ...parsed.flatMap((text) => [...text.matchAll(/(?<!\\)\]\(([^)]*)\)/g)].map(([, url = '']) => url)),
    ],
    pictures: drawn.flatMap(({ type, url }) =>
      type === 'Image' && String(url).startsWith('https://leads.example.org/') ? [`teams:${new URL(String(url)).pathname}`] : [],
    ),
  };
}

/** What only clients without executes draw. */
function isFallback(elements: readonly Found[], element: Found): boolean {
  return elements.some(({ fallback }) => fallback === element);
}

function nameOf({ verb, data }: Found): string {
  return String(verb ?? (data as Found).verb ?? (data as Found).form);
}

/** Where nothing is parsed the joiner that keeps templates apart is not seen; where Markdown is, its escapes are not. */
function visible({ type, text, altText }: Found): string[] {
  if (type === 'TextRun') return [String(text).replaceAll('\u2060', '')];
  if (type === 'TextBlock') return [unescaped(String(text)).replaceAll('\u2060', '')];
  return type === 'Image' ? [String(altText)] : [];
}
