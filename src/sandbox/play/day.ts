import { inSlack } from './in-slack.js';
import { inTeams } from './in-teams.js';
import { carPhoto } from './photo.js';
import type { Seen, Visitor } from './visitor.js';

const LYON = 'C0LEADSLYON';
const ANNECY = 'C0LEADSANNECY';
const LYON_IN_TEAMS = '19:leads-lyon@thread.tacv2';
const ANNECY_IN_TEAMS = '19:leads-annecy@thread.tacv2';
const APPRAISALS = 'C0VOLYON';
const MANAGERS = 'C0CHEFSLYON';

type Cast = Readonly<Record<'alice' | 'bruno' | 'julien' | 'chloe' | 'emma' | 'martine' | 'omar' | 'didier', Visitor>>;

/**
 * Plays a day of the demonstration group: ten leads, carried through everything that can happen to one. Bruno and Chloé
 * sit at Teams, the others at Slack. Takes about two minutes, because cards go out as fast as Slack allows and no faster.
 * @param url where the sandbox answers
 */
export async function playDay(url: string, say: (line: string) => void): Promise<void> {
  const open = (user: string) => inSlack(url, user);
  const cast: Cast = {
    alice: await open('U0ALICE'),
    bruno: await inTeams(url, 'aad-bruno'),
    julien: await open('U0JULIEN'),
    chloe: await inTeams(url, 'aad-chloe'),
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
const offers = (message: Seen, action: string) => message.offers.has(action);
const calls = { contact: 'call', next_kind: 'call', next_date: inDays(2) };

/** What the ready leads that somebody claims are about. */
const CARS = { 'used-with-trade-in': 'C3 Aircross', 'new-configured': 'Mégane', 'portal-adf': 'Yaris', 'html-form': '3008' } as const;

/** Somebody sends a ready lead; somebody claims its card. @returns the card they own */
async function claimed(owner: Visitor, example: keyof typeof CARS, channel: string): Promise<Seen> {
  // A card that waits to be redrawn, or comes late to this channel, still offers what somebody has taken elsewhere.
  const before = owner.latest();
  await owner.send(example);
  const fresh = (one: Seen) => one.channel === channel && one.at > before && one.content.includes(CARS[example]);
  const card = await owner.sees(`the card of ${example}`, (one) => fresh(one) && offers(one, 'claim.take'));
  await owner.press(card, 'claim.take');
  return owner.sees('their card', (one) => one.id === card.id && one.channel === channel && offers(one, 'status.open'));
}

async function update(owner: Visitor, card: Seen, values: Readonly<Record<string, string>>): Promise<void> {
  await owner.press(card, 'status.open');
  await owner.fill('status', { ...calls, ...values });
}

/** The owner asks to abandon; the manager presses one of the four decisions. */
async function decided(
  { martine }: Cast,
  owner: Visitor,
  card: Seen,
  asked: { reason: string; justification: string },
  action: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  await owner.press(card, 'abandon.open');
  await owner.fill('abandon', asked);
  const says = (one: Seen) => one.content.includes(asked.justification);
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
      await alice.say(card, 'compteur', [await alice.upload('compteur.png', carPhoto([90, 90, 90]))]);
      const request = await omar.sees('the appraisal', (one) => one.channel === APPRAISALS && offers(one, 'estimate.open'));
      await omar.say(request, '8,5k');
      const question = await omar.sees('the question', (one) => one.channel === APPRAISALS && offers(one, 'estimate.confirm'));
      await omar.press(question, 'estimate.confirm');
      await alice.sees('the estimate', (one) => one.channel === LYON && /8\s500/.test(one.content));
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
      const card = await claimed(chloe, 'new-configured', ANNECY_IN_TEAMS);
      await update(chloe, card, { stage: 'proposal', temperature: 'warm', note: 'Wants delivery before the summer.' });
      await chloe.press(card, 'sale.open');
      await chloe.fill('sale', { vehicle: 'order', financing: 'no', maintenance: 'yes', delivery_date: inDays(90) });
    },
  },
  {
    title: 'Abandoned, with the manager’s approval',
    async play(cast) {
      const card = await claimed(cast.bruno, 'portal-adf', LYON_IN_TEAMS);
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
      const card = await claimed(cast.bruno, 'html-form', LYON_IN_TEAMS);
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
      await martine.press(await martine.sees('the card', (one) => one.id === card.id && offers(one, 'handover.open')), 'handover.open');
      await martine.fill('handover', { colleague: 'bruno', note: 'Alice est en congé jusqu’à lundi.' });
    },
  },
  {
    title: 'Two press at once, one in Teams and one in Slack, and colleagues talk below the card',
    async play({ chloe, emma }) {
      await chloe.send('new-configured');
      const inTeams = await chloe.sees('the card', (one) => one.channel === ANNECY_IN_TEAMS && offers(one, 'claim.take'));
      const inSlack = await emma.sees('the card', (one) => one.channel === ANNECY && offers(one, 'claim.take'));
      await Promise.all([chloe.press(inTeams, 'claim.take'), emma.press(inSlack, 'claim.take')]);
      await emma.say(inSlack, 'Her brother bought a Clio here last year.');
      await chloe.say(inTeams, 'I remember him, thanks.');
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
