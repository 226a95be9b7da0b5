import type { Card } from '../../../src/chat/card.js';

/** What an attacker writes into a form: pings, links, formatting, length, emoji, reordered and unprintable text. */
export const HOSTILE = [
  '<!channel> <!here> <!everyone> <!subteam^S0TEAM> <@U0ALICE> <#C0LEADS>',
  '<https://evil.example.org|Bank> https://evil.example.org/bare <mailto:x@evil.example.org|mail>',
  '*bold* _italic_ ~struck~ `code` > quoted &amp; & :smile:',
  'gnp.\u202Egnirts desrever\u202C nul\u0000bell\u0007 lone\uD800 family👨‍👩‍👧‍👦',
  'a'.repeat(5_000),
].join('\n');

export const LEAD: Card = {
  summary: 'New lead: Citroën C3 Aircross 2022',
  title: 'VO · Citroën C3 Aircross 2022 · 15 990 €',
  elements: [
    {
      kind: 'lines',
      lines: [
        [
          'Brigitte M. (Lyon) · Site web · ',
          { when: new Date('2026-03-02T09:15:00Z'), as: 'ago', text: '10:15' },
          ' · ',
          { person: 'slack:U0ALICE', name: 'Alice Martin' },
        ],
      ],
    },
    {
      kind: 'facts',
      facts: [
        { label: 'Version', value: ['PureTech 110 Shine'] },
        { label: 'Stock', value: ['VO-8841'] },
        { label: 'Téléphone', value: [{ tel: '+33639980012', label: '06 39 98 00 12' }] },
        { label: 'E-mail', value: [{ mail: 'brigitte+c3@example.org' }] },
      ],
    },
    { kind: 'quote', text: 'Bonjour, est-elle encore disponible ?\nMerci & à bientôt' },
    {
      kind: 'lines',
      lines: [[{ bold: 'En attente' }, ' depuis ', { when: new Date('2026-03-02T09:15:00Z'), as: 'clock', text: '10:15' }]],
    },
    { kind: 'picture', url: 'https://photos.example.org/vo-8841.jpg', description: 'Citroën C3 Aircross rouge' },
    { kind: 'photo', files: ['teams:avant', 'slack:F0AVANT'], description: 'Avant' },
    { kind: 'photo', files: ['teams:arriere'], description: 'Arrière' },
    { kind: 'aside', line: ['Reçu par ', { bold: 'example.org' }] },
    { kind: 'aside', line: [{ link: 'https://leads.example.org/l/42', label: 'Ouvrir la fiche' }] },
  ],
  buttons: [
    { action: 'claim.take', label: 'Je prends', subject: '5f0c7a52-9f8e-4c1a-8c9b-0a4c6f1d2e3b', style: 'primary' },
    {
      action: 'abandon.open',
      label: 'Abandonner',
      subject: '5f0c7a52-9f8e-4c1a-8c9b-0a4c6f1d2e3b',
      style: 'danger',
      confirm: { title: 'Abandonner ?', text: 'Le chef des ventes décidera.', yes: 'Demander', no: 'Non' },
    },
    ...['a', 'b', 'c', 'd'].map((id) => ({ action: `other.${id}`, label: id, subject: 'x' })),
  ],
};

/** The same text everywhere a card can carry text of the public. */
export const HOSTILE_CARD: Card = {
  summary: HOSTILE,
  title: HOSTILE,
  elements: [
    { kind: 'lines', lines: [[HOSTILE, { bold: HOSTILE }, { when: new Date(Number.NaN), as: 'ago', text: HOSTILE }]] },
    { kind: 'facts', facts: [{ label: HOSTILE, value: [HOSTILE, { tel: HOSTILE, label: HOSTILE }, { mail: HOSTILE }] }] },
    { kind: 'quote', text: HOSTILE },
    { kind: 'aside', line: [HOSTILE] },
    { kind: 'picture', url: 'javascript:alert(1)', description: HOSTILE },
    { kind: 'photo', files: [HOSTILE], description: HOSTILE },
    { kind: 'photo', files: ['slack:F0AVANT'], description: HOSTILE },
    {
      kind: 'lines',
      lines: [
        [
          { link: 'javascript:alert(1)', label: HOSTILE },
          { person: HOSTILE, name: HOSTILE },
        ],
      ],
    },
  ],
  buttons: [{ action: 'claim.take', label: HOSTILE, subject: '42', confirm: { title: HOSTILE, text: HOSTILE, yes: HOSTILE, no: HOSTILE } }],
};
