import type { PageMessage } from '../page/wire.js';
import { carPhoto } from './photo.js';
import { type Visitor, visitor } from './visitor.js';

const LYON = 'C0LEADSLYON';
const ANNECY = 'C0LEADSANNECY';
const APPRAISALS = 'C0VOLYON';
const MANAGERS = 'C0CHEFSLYON';

type Cast = Readonly<Record<'alice' | 'bruno' | 'julien' | 'chloe' | 'emma' | 'martine' | 'omar' | 'didier', Visitor>>;

/**
 * Plays a day of the demonstration group: ten leads, carried through everything that can happen to one. Takes about two
 * minutes, because cards go out as fast as Slack allows and no faster.
 * @param url where the sandbox answers
 */
export async function playDay(url: string, say: (line: string) => void): Promise<void> {
  const open = (user: string) => visitor(url, user);
  const cast: Cast = {
    alice: await open('U0ALICE'),
    bruno: await open('U0BRUNO'),
    julien: await open('U0JULIEN'),
    chloe: await open('U0CHLOE'),
    emma: await open('U0EMMA'),
    martine: await open('U0MARTINE'),
    omar: await open('U0OMAR'),
    didier: await open('U0DIDIER'),
  };
  try {
    for (const [n, scene] of SCENES.entries()) {
      say(`${n + 1}. ${scene.title}`);
      await scene.play(cast);
    }
  } finally {
    for (const person of Object.values(cast)) person.leave();
  }
}

interface Scene {
  readonly title: string;
  play(cast: Cast): Promise<void>;
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const offers = (message: PageMessage, action: string) => JSON.stringify(message.blocks ?? []).includes(`"action_id":"${action}"`);
const calls = { contact: 'call', next_kind: 'call', next_date: inDays(2) };

/** Somebody sends a ready lead; somebody claims its card. @returns the card they own */
async function claimed(owner: Visitor, example: string, channel: string): Promise<PageMessage> {
  const asked = Date.now() / 1_000;
  await owner.send(example);
  const fresh = (one: PageMessage) => one.channel === channel && Number(one.ts) >= asked - 1;
  const card = await owner.sees(`the card of ${example}`, (one) => fresh(one) && offers(one, 'claim.take'));
  await owner.press(card, 'claim.take');
  return owner.sees('their card', (one) => one.ts === card.ts && one.channel === channel && offers(one, 'status.open'));
}

async function update(owner: Visitor, card: PageMessage, values: Readonly<Record<string, string>>): Promise<void> {
  await owner.press(card, 'status.open');
  await owner.fill('status', { ...calls, ...values });
}

/** The owner asks to abandon; the manager presses one of the four decisions. */
async function decided(
  { martine }: Cast,
  owner: Visitor,
  card: PageMessage,
  asked: { reason: string; justification: string },
  action: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  await owner.press(card, 'abandon.open');
  await owner.fill('abandon', asked);
  const says = (one: PageMessage) => JSON.stringify(one.blocks ?? []).includes(asked.justification);
  const request = await martine.sees('the request', (one) => one.channel === MANAGERS && says(one) && offers(one, action));
  await martine.press(request, action);
  await martine.fill('abandon_decision', values);
}

const SCENES: readonly Scene[] = [
  {
    title: 'A used car with a trade-in: photos, an estimate in plain words, sold from stock',
    async play({ alice, omar }) {
      const card = await claimed(alice, 'used-with-trade-in', LYON);
      await update(alice, card, {
        stage: 'appointment',
        temperature: 'hot',
        next_kind: 'test-drive',
        next_time: '10:30',
        note: 'Vient avec sa femme.',
      });
      const photos = await Promise.all(
        [[44, 106, 160] as const, [48, 112, 168] as const, [40, 98, 150] as const].map((colour, n) =>
          alice.upload(`clio-${n + 1}.png`, carPhoto(colour)),
        ),
      );
      await alice.press(card, 'appraisal.open');
      await alice.fill('appraisal', { condition: 'good', accident: 'no', service_book: 'full', keys: '2', photos: photos });
      await alice.say(LYON, 'compteur', card.ts, [await alice.upload('compteur.png', carPhoto([90, 90, 90]))]);
      const request = await omar.sees('the appraisal', (one) => one.channel === APPRAISALS && offers(one, 'estimate.open'));
      await omar.say(APPRAISALS, '8,5k', request.ts);
      const question = await omar.sees('the question', (one) => one.channel === APPRAISALS && offers(one, 'estimate.confirm'));
      await omar.press(question, 'estimate.confirm');
      await alice.sees('the estimate', (one) => one.channel === LYON && /8\s500/.test(JSON.stringify(one.blocks ?? [])));
      await update(alice, card, { stage: 'proposal', next_kind: 'quote' });
      await alice.press(card, 'sale.open');
      await alice.fill('sale', {
        vehicle: 'stock',
        reference: 'VO-8841',
        financing: 'yes',
        maintenance: 'yes',
        trade_in: 'yes',
        price: '15 490',
      });
    },
  },
  {
    title: 'A new car on order, in English',
    async play({ chloe }) {
      const card = await claimed(chloe, 'new-configured', ANNECY);
      await update(chloe, card, { stage: 'proposal', temperature: 'warm', note: 'Wants delivery before the summer.' });
      await chloe.press(card, 'sale.open');
      await chloe.fill('sale', { vehicle: 'order', financing: 'no', maintenance: 'yes', delivery_date: inDays(90) });
    },
  },
  {
    title: 'Abandoned, with the manager’s approval',
    async play(cast) {
      const card = await claimed(cast.bruno, 'portal-adf', LYON);
      const asked = { reason: 'unreachable', justification: 'Huit appels, deux e-mails, aucune réponse.' };
      await decided(cast, cast.bruno, card, asked, 'abandon.approve', {});
    },
  },
  {
    title: 'An abandonment sent back',
    async play(cast) {
      const card = await claimed(cast.julien, 'html-form', LYON);
      const asked = { reason: 'no-budget', justification: 'Trop cher pour lui, il attend.' };
      await decided(cast, cast.julien, card, asked, 'abandon.sendback', { comment: 'Proposez-lui la LOA, puis on en reparle.' });
    },
  },
  {
    title: 'Recycled: it comes back on a date',
    async play(cast) {
      const card = await claimed(cast.alice, 'portal-adf', LYON);
      const asked = { reason: 'postponed', justification: 'Achète après son déménagement.' };
      await decided(cast, cast.alice, card, asked, 'abandon.recycle', { recycle_date: inDays(45) });
    },
  },
  {
    title: 'An abandonment given to a colleague instead',
    async play(cast) {
      const card = await claimed(cast.bruno, 'html-form', LYON);
      const asked = { reason: 'bought-elsewhere', justification: 'Dit avoir signé ailleurs, sans preuve.' };
      await decided(cast, cast.bruno, card, asked, 'abandon.handover', {
        colleague: 'julien',
        comment: 'Un dernier appel, s’il te plaît.',
      });
    },
  },
  {
    title: 'Handed over while its owner is away',
    async play({ alice, martine }) {
      const card = await claimed(alice, 'used-with-trade-in', LYON);
      await update(alice, card, { stage: 'contacted', temperature: 'warm', note: 'Rappeler après 18 h.' });
      await martine.press(await martine.sees('the card', (one) => one.ts === card.ts && offers(one, 'handover.open')), 'handover.open');
      await martine.fill('handover', { colleague: 'bruno', note: 'Alice est en congé jusqu’à lundi.' });
    },
  },
  {
    title: 'Two press at once, and colleagues talk in the thread',
    async play({ chloe, emma }) {
      await chloe.send('new-configured');
      const card = await chloe.sees('the card', (one) => one.channel === ANNECY && offers(one, 'claim.take'));
      await emma.sees('the card', (one) => one.ts === card.ts && one.channel === ANNECY);
      await Promise.all([chloe.press(card, 'claim.take'), emma.press(card, 'claim.take')]);
      await emma.say(ANNECY, 'Her brother bought a Clio here last year.', card.ts);
    },
  },
  {
    title: 'Waiting: nobody has claimed it yet',
    play: ({ didier }) => didier.send('plain-mail'),
  },
  {
    title: 'Waiting, with something missing',
    play: ({ didier }) => didier.send('unreachable'),
  },
];
