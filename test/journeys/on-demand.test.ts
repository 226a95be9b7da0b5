import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/store/id.js';
import { dayAfter } from '../support/days.js';
import { HOSTILE, jsonLead } from '../support/leads.js';
import { owned } from '../support/owned.js';
import { type Running, run, SEED } from '../support/running.js';
import { ANNECY, arrived, buttons, facts, LYON, type Message, plainly, privately, SOON, words } from '../support/seen.js';

const seed = {
  ...SEED,
  users: [...SEED.users, { id: 'U0STRANGER', name: 'marcel', realName: 'Marcel Inconnu', locale: 'fr-FR', tz: 'Europe/Paris' }],
  channels: SEED.channels.map((channel) => ({ ...channel, members: [...channel.members, 'U0STRANGER'] })),
};

let house: Running;

beforeAll(async () => {
  house = await run({ seed, simulator: { rate: 'off' } });
});
afterAll(() => house.stop());

/** What else may be told meanwhile: a claim's own words, or that the answer takes longer. */
const BESIDE = /^(C'est à vous|It's yours|Cela prend un moment|This takes a moment)/;
/** On a machine that is busy with other things people ask again. */
const ASK_AGAIN = /^(Forecourt ne répond pas|Forecourt is not answering)/;

/** Somebody types a command; what they alone read. */
async function asked(user: string, line: string, channel = LYON): Promise<Message> {
  for (;;) {
    const before = privately(house, user).length;
    expect(await house.slack.as(user).command(channel, line)).toEqual({ ok: true });
    const answers = () => privately(house, user).slice(before);
    const answer = await house.slack.until(() => answers().find((one) => !BESIDE.test(read(one))), SOON);
    if (!ASK_AGAIN.test(read(answer))) return answer;
  }
}

const read = (message: Message) => plainly(words(message));
const said = async (user: string, line: string, channel = LYON) => read(await asked(user, line, channel));

/** Every address a message leads to. */
function links(message: Message): string[] {
  return [...JSON.stringify(message.blocks).matchAll(/"url":"([^"]+)"/g)].map(([, url = '']) => url);
}

/** Many leads of one owner at once, as an import would leave them. */
async function many(count: number, ownerId: string): Promise<void> {
  const rows = Array.from({ length: count }, (_, n) => {
    const id = newId();
    const at = new Date(Date.now() - (n + 1) * 60_000);
    const customer = { firstName: 'Client', lastName: `Numéro${n}` };
    const states = { tier: 'parsed', stage: 'contacted', ownerId, receivedAt: at, claimedAt: at, contactedAt: at };
    const next = { nextActionKind: 'call', nextActionAt: new Date(Date.now() + (n - count / 2) * 60_000) };
    const what = { name: `Client Numéro${n}`, customer, origin: {}, problems: [], interest: { make: 'Citroën', model: 'C3' } };
    return { id, dealershipId: 'lyon', sourceId: 'website', externalKey: id, ...states, ...next, ...what };
  });
  await house.app.store.db.lead.createMany({ data: rows });
}

describe('before anything has happened', () => {
  it.each([
    ['/lead mine', 'U0ALICE', LYON, "Aucun lead n'est à vous. Appuyez sur « Je prends » sur une carte."],
    ['/lead mes leads', 'U0ALICE', LYON, "Aucun lead n'est à vous"],
    ['/lead my leads', 'U0CHLOE', ANNECY, 'No lead is yours. Press “Claim” on a card.'],
    ['/lead desk', 'U0MARTINE', LYON, 'Rien à signaler'],
    ['/lead bureau', 'U0OMAR', LYON, 'Aucune estimation à donner'],
    ['/lead find moreau', 'U0ALICE', LYON, 'Rien trouvé pour « moreau » à Lumière Lyon.'],
    ['/lead find moreau', 'U0CHLOE', ANNECY, 'Nothing found for “moreau” in Lumière Annecy.'],
    ['/lead find', 'U0ALICE', LYON, 'Que cherchez-vous ?'],
    ['/lead stats', 'U0ALICE', LYON, "Rien pour l'instant sur cette période."],
    ['/lead stats week', 'U0CHLOE', ANNECY, 'Nothing yet in this time.'],
    ['/lead stats', 'U0MARTINE', LYON, '0 nouveau lead'],
  ])('%s of %s says so', async (line, user, channel, says) => {
    expect(await said(user, line, channel)).toContain(says);
  });
});

describe('the words', () => {
  it.each([
    ['/lead Mine', 'Mes leads'],
    ['/lead MES LEADS', 'Mes leads'],
    ['/lead mine.', 'Mes leads'],
    ['/lead STATS Semaine', 'Vos chiffres · cette semaine'],
    ["/lead chiffres aujourd'hui", "Vos chiffres · aujourd'hui"],
    ['/lead stats mois moi', 'Vos chiffres · ce mois-ci'],
    ['/lead stats alice', "Vos chiffres · aujourd'hui"],
    ['/lead Mes chiffres', "Vos chiffres · aujourd'hui"],
    ['/lead my stats month', 'Vos chiffres · ce mois-ci'],
    ['/lead my figures.', "Vos chiffres · aujourd'hui"],
    ['/lead stats semain', 'Vouliez-vous dire « semaine » ?'],
    ['/lead stats semain', '/lead stats [aujourd'],
    ['/lead stat', 'Vouliez-vous dire « stats » ?'],
    ['/lead cherher moreau', 'Vouliez-vous dire « chercher » ?'],
    ['/lead __proto__', "n'existe pas encore"],
  ])('%s: %s', async (line, says) => {
    expect(await said('U0ALICE', line)).toContain(says);
  });

  it('of an attacker stay words', async () => {
    for (const line of [`/lead find ${HOSTILE}`, `/lead stats ${HOSTILE}`, '/lead find %_\\', `/lead find ${'a'.repeat(5_000)}`]) {
      const message = await asked('U0MARTINE', line);
      expect(links(message)).toEqual([]);
      expect(JSON.stringify(message.blocks)).not.toMatch(/"type":"(user|broadcast|channel)"/);
    }
  });
});

describe('the rights', () => {
  it.each([
    [
      '/lead stats martine',
      'U0ALICE',
      'Vous pouvez lire vos propres chiffres ; ceux des autres sont pour leurs chefs des ventes. Demandez à Martine Leroy.',
    ],
    ['/lead stats personne', 'U0ALICE', 'Vous pouvez lire vos propres chiffres'],
    ['/lead desk', 'U0ALICE', 'Cette vue est réservée aux chefs des ventes. Demandez à Martine Leroy.'],
    ['/lead mine', 'U0STRANGER', "Vous n'appartenez à aucune concession ici"],
    ['/lead stats', 'U0STRANGER', "Vous n'appartenez à aucune concession ici"],
    ['/lead find moreau', 'U0STRANGER', "Vous n'appartenez à aucune concession ici"],
    ['/lead desk', 'U0STRANGER', "Vous n'appartenez à aucune concession ici"],
  ])('%s of %s', async (line, user, says) => {
    expect(await said(user, line)).toContain(says);
  });

  it('let managers read the figures of their people and sites, and a director all', async () => {
    expect(await said('U0MARTINE', '/lead stats week alice')).toContain('Alice Martin · cette semaine');
    expect(await said('U0MARTINE', '/lead stats week martin')).toContain('Alice Martin · cette semaine');
    expect(await said('U0MARTINE', '/lead stats martine')).toContain("Vos chiffres · aujourd'hui");
    expect(await said('U0MARTINE', '/lead mes chiffres')).toContain("Vos chiffres · aujourd'hui");
    expect(await said('U0MARTINE', '/lead stats Annecy')).toContain('Lumière Annecy · ');
    expect(await said('U0DIDIER', '/lead stats')).toContain('2 concessions');
    expect(await said('U0MARTINE', '/lead stats bru pet')).toContain('Bruno Petit · ');
    expect(await said('U0MARTINE', '/lead stats brumo')).toContain('Vouliez-vous dire « Bruno Petit » ?');
  });
});

describe('a lead somebody owns', () => {
  it('is on their list with a link to its card, and its buttons act', async () => {
    const lead = await owned(house, 'U0BRUNO', LYON, { customer: { firstName: 'Nadia', lastName: 'Benoît', name: 'Nadia Benoît' } });
    const day = dayAfter(1);
    await lead.fill('U0BRUNO', 'status.open', {
      stage: 'appointment',
      temperature: 'hot',
      contact: 'call',
      next_kind: 'call',
      next_date: day,
      next_time: '10:00',
    });
    const message = await asked('U0BRUNO', '/lead mine');
    expect(read(message)).toMatch(/1 lead[\s\S]*Nadia B\. · Appel .*10 h 00 · Rendez-vous · Chaud · Lumière Lyon/);
    expect(links(message)).toEqual([`https://groupe-lumiere.slack.com/archives/${LYON}/p${lead.ts.replace('.', '')}`]);
    expect(buttons(message)).toEqual(['status.open', 'lead.contact']);
    const bruno = house.slack.as('U0BRUNO');
    await bruno.close(true);
    await bruno.click({ channel: LYON, ts: message.ts, action_id: 'status.open' });
    await house.slack.until(() => bruno.modal()?.callback_id === 'status', SOON);
    await bruno.close(true);
  });

  it('is counted for its owner and its managers alike, declared apart from seen', async () => {
    const own = await said('U0BRUNO', '/lead stats');
    expect(own).toMatch(/1 pris · 1 contacté · 0 vendu/);
    expect(own).toMatch(/1 déclaré · 0 constaté/);
    expect(await said('U0MARTINE', '/lead stats bruno')).toMatch(/1 pris · 1 contacté/);
    const site = await said('U0MARTINE', '/lead stats lyon');
    expect(site).toMatch(/Bruno Petit/);
    expect(site).not.toMatch(/n° \d/);
  });

  it('is on the desk of its managers when it is hot', async () => {
    expect(await said('U0MARTINE', '/lead desk')).toMatch(/1 chaud[\s\S]*Chauds \(1\)[\s\S]*Nadia B\.[\s\S]*Bruno Petit/);
    expect(await said('U0CHLOE', '/lead desk', ANNECY)).toContain('The desk is for sales managers.');
  });
});

describe('finding a lead', () => {
  const customer = { firstName: 'Inès', lastName: 'Garnier', name: 'Inès Garnier', phone: '06 39 98 44 55', email: 'ines@example.org' };
  let id = '';
  let ts = '';

  it('needs one', async () => {
    const lead = await owned(house, 'U0ALICE', LYON, { customer, interest: { stockNumber: 'VO-7711' } });
    [id, ts] = [lead.id, lead.ts];
  });

  it.each(['garnier', 'INES', 'Garnier Inès', 'VO-7711', 'vo7711', '06 39 98 44 55', '+33 6 39 98 44 55', '39984455'])(
    'by "%s", for its owner, who reads the number at once',
    async (words) => {
      const looks = (await facts(house, id, 'contact-shown')).length;
      const message = await asked('U0ALICE', `/lead find ${words}`);
      expect(read(message)).toMatch(/1 lead[\s\S]*Inès Garnier · 06 39 98 44 55/);
      expect(links(message)[0]).toContain(ts.replace('.', ''));
      expect(await facts(house, id, 'contact-shown')).toHaveLength(looks + 1);
    },
  );

  it('shows a colleague of the site that it exists and whose it is, and never the number', async () => {
    const looks = (await facts(house, id, 'contact-shown')).length;
    for (const words of ['garnier', 'VO-7711']) {
      const message = await asked('U0BRUNO', `/lead find ${words}`);
      expect(read(message)).toMatch(/Inès G\.[\s\S]*Alice Martin/);
      expect(JSON.stringify(message)).not.toMatch(/39 ?98 ?44 ?55|ines@example|Garnier"/);
    }
    expect(await said('U0BRUNO', '/lead find 06 39 98 44 55')).toContain('Rien trouvé');
    expect(await facts(house, id, 'contact-shown')).toHaveLength(looks);
  });

  it('shows the manager the number, and people of another site nothing', async () => {
    expect(await said('U0MARTINE', '/lead find 0639984455')).toContain('06 39 98 44 55');
    expect(await said('U0CHLOE', '/lead find garnier', ANNECY)).toContain('Nothing found');
  });

  it('that nobody owns shows its number to managers only', async () => {
    const fresh = { firstName: 'Hugo', lastName: 'Perrin', name: 'Hugo Perrin', phone: '06 39 98 66 77' };
    await arrived(house, jsonLead({ dealership: 'lyon', customer: fresh }));
    const colleague = await asked('U0ALICE', '/lead find perrin');
    expect(read(colleague)).toMatch(/Hugo P\.[\s\S]*sans titulaire/);
    expect(buttons(colleague)).toEqual(['claim.take']);
    expect(JSON.stringify(colleague)).not.toContain('66 77');
    expect(await said('U0MARTINE', '/lead find perrin')).toContain('06 39 98 66 77');
  });

  it('with a hostile name pings nobody and links nowhere', async () => {
    await arrived(
      house,
      jsonLead({
        dealership: 'lyon',
        customer: { firstName: '<!channel>', lastName: HOSTILE, name: `<!channel> ${HOSTILE}`, phone: null },
      }),
    );
    const message = await asked('U0MARTINE', '/lead find channel');
    expect(links(message).filter((url) => !/^(https:\/\/groupe-lumiere\.slack\.com\/|tel:|mailto:)/.test(url))).toEqual([]);
    expect(JSON.stringify(message.blocks)).not.toMatch(/"type":"(user|broadcast|channel)"/);
  });
});

describe('two hundred leads', () => {
  beforeAll(() => many(200, 'alice'));

  it('are counted, and the most urgent shown', async () => {
    const message = await asked('U0ALICE', '/lead mine');
    expect(read(message)).toMatch(/201 leads · \d+ en retard/);
    expect(read(message)).toMatch(/et \d+ autres/);
    expect((message.blocks ?? []).length).toBeLessThanOrEqual(50);
    expect(buttons(message)).toHaveLength(24);
  });

  it('are found up to what anybody reads', async () => {
    const message = await asked('U0ALICE', '/lead find client');
    expect(read(message)).toMatch(/plus de 60 leads[\s\S]*et plus de 50 autres : ajoutez un mot pour préciser/);
    expect((message.blocks ?? []).length).toBeLessThanOrEqual(50);
  });

  it('fit the desk of a manager of two sites', async () => {
    const message = await asked('U0DIDIER', '/lead desk');
    expect((message.blocks ?? []).length).toBeLessThanOrEqual(50);
    expect(read(message)).toMatch(/Lumière Annecy/);
  });
});
