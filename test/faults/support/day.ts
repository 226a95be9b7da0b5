import type { Ground, Site } from './ground.js';
import type { Ledger, Sent } from './ledger.js';
import { type Answered, claim, fill, offering, press, type Standing, shows } from './people.js';
import { size } from './size.js';
import { lasting, until } from './wait.js';

/** What somebody did, by the words only that act has written; and how it was answered. */
export interface Act {
  readonly kind: 'claim' | 'status' | 'appraisal' | 'estimate' | 'sale' | 'abandon' | 'decide' | 'handover';
  readonly lead: string;
  readonly by: string;
  /** Unique among the acts of a day. */
  readonly words: string;
  /** Told "done"; false: nobody answered, and it may have been done. */
  done: boolean;
  /** Attempts nobody answered: each may have been carried out. */
  unanswered: number;
}

/** Everybody of the day. */
const CAST = {
  sellers: [0, 1, 2, 3].map((n) => ({ user: `U0SELLER${n}`, id: `seller${n}`, name: `Vendeuse ${n}` })),
  manager: { user: 'U0CHEF', id: 'chef', name: 'Cheffe', role: 'sales-manager' },
  director: { user: 'U0PATRON', id: 'patron', name: 'Patron', role: 'director' },
  buyer: { user: 'U0VO', id: 'vo', name: 'Responsable', role: 'used-car-manager' },
} as const;
export const EVERYBODY = [...CAST.sellers, CAST.manager, CAST.director, CAST.buyer];

/** A day of the dealerships: people carry leads through everything that can happen to one, whatever happens to the program. */
export interface Day {
  readonly acts: readonly Act[];
  /** Leads whose life was played to its end. */
  lives(): number;
  /** No new leads; resolves when everybody has finished what they were at. */
  end(): Promise<void>;
}

/** The full size kills again before much can be done: people try for longer. */
const PATIENCE_MS = size(120_000, 600_000);
const AGAIN_MS = 250;
/** So often in a row, after an attempt nobody answered: that one was carried out. */
const REFUSED_FOR_GOOD = 12;

/** @param picture what people send, as an image file */
export function playDay(ground: Ground, ledger: Ledger, picture: Uint8Array): Day {
  const acts: Act[] = [];
  let on = true;
  let lives = 0;
  const sites = ground.sites;
  const desk = CAST.sellers.map(async (seller, n) => {
    const own = sites.filter((_, index) => index % CAST.sellers.length === n);
    for (let turn = 0; on; turn++) {
      const site = own[turn % own.length];
      if (!site) return;
      await life({ ground, ledger, picture, acts, seller, site }, LIVES[(turn + n) % LIVES.length] ?? sold);
      lives++;
    }
  });
  // Somebody who gives up early is heard of in the end.
  for (const one of desk) one.catch(() => {});
  return {
    acts,
    lives: () => lives,
    async end() {
      on = false;
      await Promise.all(desk);
    },
  };
}

interface Stage {
  readonly ground: Ground;
  readonly ledger: Ledger;
  readonly picture: Uint8Array;
  readonly acts: Act[];
  readonly seller: (typeof CAST.sellers)[number];
  readonly site: Site;
}

interface Scene extends Stage {
  readonly lead: Sent & { readonly id: string };
}

async function life(stage: Stage, play: (scene: Scene) => Promise<void>): Promise<void> {
  const sent = stage.ledger.write(stage.site);
  await until(`${sent.key} to be taken`, PATIENCE_MS, async () => (await stage.ledger.send(sent)).status === 202);
  const scene = { ...stage, lead: sent as Scene['lead'] };
  const { user } = stage.seller;
  await attempt(
    scene,
    'claim',
    user,
    () => card(scene, 'claim.take'),
    (where) => claim(stage.ground, stage.seller, where),
  );
  await status(scene, user, 'contacted');
  await remark(scene, user, 'On en reparle.');
  await play(scene);
}

const LIVES: readonly ((scene: Scene) => Promise<void>)[] = [
  sold,
  unanswered,
  abandoned('approve'),
  sentBack,
  abandoned('recycle'),
  handedOver,
  asked,
];

async function sold(scene: Scene): Promise<void> {
  await appraised(scene);
  await remark(scene, scene.seller.user, 'Compteur', [`compteur-${scene.lead.key}.jpg`]);
  await estimated(scene);
  await filled(
    scene,
    'sale',
    scene.seller.user,
    () => card(scene, 'sale.open'),
    'sale.open',
    (note) => {
      return { vehicle: 'stock', reference: 'VO-8841', financing: 'yes', maintenance: 'no', note };
    },
  );
}

async function unanswered(scene: Scene): Promise<void> {
  await appraised(scene);
  await status(scene, scene.seller.user, 'proposal');
}

function abandoned(outcome: 'approve' | 'recycle'): (scene: Scene) => Promise<void> {
  return async (scene) => {
    await asked(scene);
    const day = outcome === 'recycle' ? { recycle_date: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10) } : {};
    await decided(scene, outcome, day);
  };
}

async function sentBack(scene: Scene): Promise<void> {
  await asked(scene);
  await decided(scene, 'sendback', {});
  await status(scene, scene.seller.user, 'appointment');
}

async function handedOver(scene: Scene): Promise<void> {
  const colleague = CAST.sellers.find((one) => one !== scene.seller) ?? scene.seller;
  await filled(
    scene,
    'handover',
    scene.seller.user,
    () => card(scene, 'handover.open'),
    'handover.open',
    (note) => ({
      colleague: colleague.id,
      note,
    }),
  );
  const theirs = () => shows(scene.ground, scene.site.channel, (mark, one) => mark === scene.lead.id && one.text.includes(colleague.name));
  await filled(scene, 'status', colleague.user, theirs, 'status.open', (note) => ({ ...UPDATE, stage: 'appointment', note }));
}

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const UPDATE = { contact: 'call', temperature: 'warm', next_kind: 'call', next_date: tomorrow() };

function status(scene: Scene, user: string, stage: string): Promise<void> {
  return filled(
    scene,
    'status',
    user,
    () => card(scene, 'status.open'),
    'status.open',
    (note) => ({ ...UPDATE, stage, note }),
  );
}

function appraised(scene: Scene): Promise<void> {
  return filled(
    scene,
    'appraisal',
    scene.seller.user,
    () => card(scene, 'appraisal.open'),
    'appraisal.open',
    (note) => ({
      ...{ make: 'Peugeot', model: '208', mileage: '121 000', note },
      photos: [1, 2].map((n) => scene.ground.slack.as(scene.seller.user).upload(`${note}-${n}.jpg`, scene.picture)),
    }),
  );
}

/** The used-car manager writes an amount below the card, and confirms what was understood. */
async function estimated(scene: Scene): Promise<void> {
  const amount = 8_000 + scene.acts.length;
  const asks = (mark: string) => mark.startsWith(`${scene.lead.id}/estimate.question/`);
  const question = () => {
    const found = shows(scene.ground, scene.site.channel, asks);
    return found && JSON.stringify(found.message.blocks).includes('estimate.confirm') ? found : null;
  };
  // Slack gives up on an event after a few attempts; somebody who gets no question writes again.
  for (let tries = 0; question() === null && tries < 20; tries++) {
    await remark(scene, CAST.buyer.user, String(amount));
    await until('a question', 8_000, question).catch(() => {});
  }
  const given = () => shows(scene.ground, scene.site.channel, (mark) => mark.startsWith(`${scene.lead.id}/estimate/`));
  const confirm = (where: Standing) => press(scene.ground, CAST.buyer.user, where, 'estimate.confirm', given);
  await attempt(scene, 'estimate', CAST.buyer.user, question, confirm, String(amount));
}

function asked(scene: Scene): Promise<void> {
  return filled(
    scene,
    'abandon',
    scene.seller.user,
    () => card(scene, 'abandon.open'),
    'abandon.open',
    (justification) => ({
      reason: 'unreachable',
      justification,
    }),
  );
}

function decided(scene: Scene, outcome: string, more: object): Promise<void> {
  const button = `abandon.${outcome}`;
  const request = () =>
    shows(
      scene.ground,
      scene.site.channel,
      (mark, one) => mark.startsWith(`${scene.lead.id}/abandon.request/`) && JSON.stringify(one.blocks).includes(button),
    );
  return filled(scene, 'decide', CAST.manager.user, request, button, (comment) => ({ comment, ...more }));
}

const card = ({ ground, site, lead }: Scene, action: string) => offering(ground, site.channel, lead.id, action);

function filled(
  scene: Scene,
  kind: Act['kind'],
  user: string,
  find: () => Standing | null,
  action: string,
  values: (words: string) => Readonly<Record<string, unknown>>,
): Promise<void> {
  const words = `acte ${scene.acts.length} du jour`;
  return attempt(scene, kind, user, find, (where) => fill(scene.ground, user, where, action, values(words)), words);
}

/** Tries until told that it is done. Refused after an attempt nobody answered: that one was carried out. */
async function attempt(
  { acts, lead }: Scene,
  kind: Act['kind'],
  by: string,
  find: () => Standing | null,
  go: (where: Standing) => Promise<Answered>,
  words = `acte ${acts.length} du jour`,
): Promise<void> {
  const act: Act = { kind, lead: lead.id, by, words, done: false, unanswered: 0 };
  acts.push(act);
  let refusals = 0;
  await until(`${kind} of ${lead.key}`, PATIENCE_MS, async () => {
    const where = find();
    const answered = where === null ? 'refused' : await go(where);
    if (answered === 'done') act.done = true;
    if (answered === 'unanswered') act.unanswered++;
    refusals = answered === 'refused' && act.unanswered > 0 ? refusals + 1 : 0;
    if (answered !== 'done') await lasting(AGAIN_MS);
    return act.done || refusals >= REFUSED_FOR_GOOD;
  });
}

/** Words below the card, perhaps with pictures. Slack delivers them; nobody answers. */
async function remark({ ground, site, lead, picture }: Scene, user: string, text: string, names: readonly string[] = []): Promise<void> {
  const standing = await until('a card', PATIENCE_MS, () => shows(ground, site.channel, (mark) => mark === lead.id));
  const person = ground.slack.as(user);
  const files = names.map((name) => person.upload(name, picture));
  person.say(site.channel, text, { thread_ts: standing.message.ts, ...(files.length > 0 && { files }) });
}
