import type { LeadExample } from './page/wire.js';

/** A ready enquiry to post to `/intake/<source>` as its sender would. */
export interface DemoLead extends LeadExample {
  readonly source: string;
  readonly contentType: string;
  /** What makes this sending a new enquiry: an id nobody used before, and the time. */
  readonly body: (sending: Sending) => string;
}

interface Sending {
  readonly id: string;
  readonly now: Date;
}

const JSON_TYPE = 'application/json';

/** Everything the "send a lead" panel offers, easy ones first. */
export const demoLeads: readonly DemoLead[] = [
  {
    id: 'used-with-trade-in',
    title: { fr: 'Occasion avec reprise', en: 'Used car with a trade-in' },
    detail: {
      fr: "C3 Aircross de l'annonce VO-8841, une Clio à reprendre. Site web, Lyon.",
      en: 'A listed C3 Aircross, a Clio to trade in. Website, Lyon.',
    },
    source: 'website',
    contentType: JSON_TYPE,
    body: usedWithTradeIn,
  },
  {
    id: 'new-configured',
    title: { fr: 'Neuf configuré', en: 'New car, configured' },
    detail: {
      fr: 'Une Mégane E-Tech composée en ligne, essai souhaité. Site web, Annecy (en anglais).',
      en: 'A Mégane E-Tech configured online, test drive wanted. Website, Annecy.',
    },
    source: 'website',
    contentType: JSON_TYPE,
    body: newConfigured,
  },
  {
    id: 'portal-adf',
    title: { fr: 'Portail, en ADF', en: 'Portal lead in ADF' },
    detail: {
      fr: 'Le XML des portails : une Yaris voulue, une 208 à reprendre. Lyon.',
      en: 'The XML portals send: a Yaris wanted, a 208 to trade in. Lyon.',
    },
    source: 'portal',
    contentType: 'application/x-adf+xml; charset=utf-8',
    body: portalAdf,
  },
  {
    id: 'html-form',
    title: { fr: 'Formulaire HTML', en: 'Plain HTML form' },
    detail: {
      fr: 'Des champs nommés nom, tel, modele : la configuration les traduit. Lyon.',
      en: 'Fields named nom, tel, modele: configuration translates them. Lyon.',
    },
    source: 'website',
    contentType: 'application/x-www-form-urlencoded',
    body: htmlForm,
  },
  {
    id: 'plain-mail',
    title: { fr: 'Simple e-mail', en: 'A plain e-mail' },
    detail: {
      fr: 'Aucune structure : le texte devient le message du client. Annecy (en anglais).',
      en: "No structure: its text becomes the customer's message. Annecy.",
    },
    source: 'mailbox',
    contentType: 'message/rfc822',
    body: plainMail,
  },
  {
    id: 'unreachable',
    title: { fr: 'Incomplet', en: 'Incomplete' },
    detail: {
      fr: 'Ni téléphone ni e-mail : le lead est gardé, et la carte le dit.',
      en: 'No phone, no e-mail: the lead is kept, and the card says so.',
    },
    source: 'callcentre',
    contentType: JSON_TYPE,
    body: unreachable,
  },
  {
    id: 'unreadable',
    title: { fr: 'Illisible', en: 'Unreadable' },
    detail: {
      fr: 'Un envoi coupé au milieu. Rien ne se perd : une carte le montre tel quel.',
      en: 'Cut off half-way. Nothing is lost: a card shows it as it came.',
    },
    source: 'callcentre',
    contentType: JSON_TYPE,
    body: unreadable,
  },
  {
    id: 'hostile',
    title: { fr: 'Malveillant', en: 'Hostile' },
    detail: {
      fr: 'Alertes à tous, faux liens, 5 000 caractères, écriture inversée : rien ne doit passer.',
      en: 'Pings to everybody, false links, 5,000 characters, reversed writing: none may work.',
    },
    source: 'website',
    contentType: JSON_TYPE,
    body: hostile,
  },
];

function usedWithTradeIn({ id, now }: Sending): string {
  return JSON.stringify({
    externalId: `web-${id}`,
    dealership: 'lyon',
    requestedAt: now.toISOString(),
    customer: {
      name: 'Brigitte Moreau',
      email: 'Brigitte.Moreau@example.org',
      phone: '06 39 98 56 78',
      postalCode: '69003',
      city: 'Lyon',
      language: 'fr',
      preferredContact: 'phone',
      consent: { phone: true, email: true, sms: false, text: "J'accepte d'être rappelée", at: now.toISOString() },
    },
    interest: {
      type: 'buy',
      condition: 'used',
      make: 'Citroën',
      model: 'C3 Aircross',
      version: 'PureTech 110 Shine',
      year: 2022,
      price: 15990,
      stockNumber: 'VO-8841',
      url: 'https://example.org/vo/8841',
    },
    tradeIn: { plate: 'AB-123-CD', make: 'Renault', model: 'Clio', year: 2015, mileage: 98000 },
    message: 'Bonjour, est-elle encore disponible ? Je peux passer samedi matin.',
    page: 'https://example.org/vo/8841',
    campaign: 'automne-vo',
  });
}

function newConfigured({ id, now }: Sending): string {
  return JSON.stringify({
    externalId: `config-${id}`,
    dealership: 'annecy',
    requestedAt: now.toISOString(),
    customer: {
      name: 'James Whitfield',
      email: 'james.whitfield@example.org',
      phone: '+44 7700 900142',
      city: 'Annecy-le-Vieux',
      language: 'en',
    },
    interest: {
      type: 'test-drive',
      condition: 'new',
      make: 'Renault',
      model: 'Mégane E-Tech',
      version: 'Iconic 220 ch, Rafale grey, heat pump',
      price: 42500,
    },
    message: 'I configured this one online. Could I try it next week, preferably in the evening? What is the delivery time at the moment?',
    page: 'https://example.org/configurator',
  });
}

function portalAdf({ id, now }: Sending): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<?adf version="1.0"?>
<adf>
  <prospect status="new">
    <id sequence="1" source="Portail VO">PV-${id}</id>
    <requestdate>${now.toISOString()}</requestdate>
    <vehicle interest="trade-in" status="used">
      <year>2014</year><make>Peugeot</make><model>208</model>
      <odometer status="original" units="km">121000</odometer>
    </vehicle>
    <vehicle interest="buy" status="used">
      <year>2021</year><make>Toyota</make><model>Yaris Hybride</model><stock>VO-9003</stock>
      <price type="asking" currency="EUR">17490</price>
    </vehicle>
    <customer>
      <contact primarycontact="1">
        <name part="first" type="individual">Karim</name>
        <name part="last" type="individual">Haddad</name>
        <email preferredcontact="1">karim.haddad@example.org</email>
        <phone type="cellphone" time="evening">+33 6 39 98 44 33</phone>
      </contact>
      <comments>Reprise possible ? Merci de m'appeler après 18 h.</comments>
    </customer>
    <vendor>
      <id source="Portail VO">lyon</id><vendorname>Lumière Lyon</vendorname>
      <contact><name part="full" type="business">Lumière Lyon</name><phone type="voice">+33 1 99 00 10 10</phone></contact>
    </vendor>
    <provider><name part="full" type="business">Portail VO</name><service>Annonces</service></provider>
  </prospect>
</adf>
`;
}

function htmlForm({ id }: Sending): string {
  return new URLSearchParams({
    externalId: `form-${id}`,
    concession: 'lyon',
    nom: 'Amélie Rousseau',
    tel: '06.39.98.21.07',
    courriel: 'amelie.rousseau@example.org',
    'interest.condition': 'used',
    'interest.make': 'Peugeot',
    modele: '3008 Hybrid',
    'interest.price': '24 900 €',
    message: 'Bonjour, faites-vous une offre de financement sur 48 mois ?',
  }).toString();
}

function plainMail({ id, now }: Sending): string {
  return [
    'From: Helen Carter <helen.carter@example.org>',
    'To: annecy@example.org',
    'Subject: Dacia Duster 4x4',
    `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@example.org>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Hello,',
    '',
    'we have just moved to Annecy and need a used Duster with four-wheel drive before the winter,',
    'around 18,000 euros. Do you have one? You can reach me on +44 7700 900271.',
    '',
    'Kind regards,',
    'Helen Carter',
    '',
  ].join('\r\n');
}

function unreachable({ id, now }: Sending): string {
  return JSON.stringify({
    externalId: `cc-${id}`,
    requestedAt: now.toISOString(),
    customer: { name: 'Gérard Pons', city: 'Villeurbanne' },
    interest: { type: 'buy', condition: 'used', make: 'Ford', model: 'Kuga', year: 2020 },
    message: 'A appelé à midi, rappellera demain matin. La ligne a coupé avant le numéro.',
  });
}

/** Cut in the middle of a string, as a broken connection leaves it. */
function unreadable({ id }: Sending): string {
  return `{"externalId":"cc-${id}","customer":{"name":"Paul Lefort","phone":"06 39 98 60 61"},"message":"Bonjour, je cherche un utilita`;
}

function hostile({ id, now }: Sending): string {
  const opening = [
    '<!channel> <!here> <@U0ALICE> @everyone <at>Alice Martin</at>',
    '<https://evil.example.org|Votre banque> [Votre banque](https://evil.example.org) https://evil.example.org/connexion',
    '*gras* _italique_ ~barré~ `code` ```bloc``` > citation &amp; <script>alert(1)</script>',
    'à l\u2019envers : \u202egnp.erutcaf\u202c fin, nul : \u0000, invisible : \u200b\ufeff',
    '🚗🔥👩‍👩‍👧‍👦🏴‍☠️ שלום مرحبا',
  ].join('\n');
  return JSON.stringify({
    externalId: `web-${id}`,
    dealership: 'lyon',
    requestedAt: now.toISOString(),
    customer: {
      name: '<!channel> *Robert* <@U0ALICE>',
      email: 'robert@example.org',
      phone: '06 39 98 00 13',
      city: '<https://evil.example.org|Lyon>',
    },
    interest: { type: 'buy', condition: 'used', make: '<!everyone>', model: '*Golf* \u202eFTG', price: 12990, stockNumber: '`VO-1`' },
    message: `${opening}\n${'Rappelez-moi vite, svp ! 🚗 '.repeat(200)}`.slice(0, 5000),
  });
}
