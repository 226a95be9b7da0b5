import { describe, expect, it } from 'vitest';
import { decisionForm } from '../../../src/workflows/abandonment/form.js';
import { sites } from './sites.js';

const { lyon, rights } = sites();
const ID = '01a20361-48be-73dc-a37f-6d18355247bb';
const request = {
  ...{ id: ID, leadId: ID, requester: { id: 'alice', name: 'Alice Martin' }, requestedAt: new Date('2026-11-24T10:00:00Z') },
  ...{ reason: 'unreachable', justification: 'Huit appels.', verdict: null },
};

describe('the form abandon_decision', () => {
  it.each([
    ['approve', [['comment', false]]],
    ['sendback', [['comment', true]]],
    [
      'handover',
      [
        ['colleague', true],
        ['comment', false],
      ],
    ],
    [
      'recycle',
      [
        ['recycle_date', true],
        ['comment', false],
      ],
    ],
  ] as const)('asks to %s for what matters, and knows what it is about', (outcome, expected) => {
    for (const language of ['fr', 'en'] as const) {
      const form = decisionForm({ dealership: lyon, language }, request, outcome, rights.people);
      const fields = form.fields.flatMap((field) => (field.kind === 'remark' ? [] : [[field.id, field.required ?? false]]));
      expect(fields).toEqual(expected);
      expect(form).toMatchObject({ id: 'abandon_decision', subject: `${ID}:${outcome}` });
      // What a phone's title bar holds.
      expect(form.title.length).toBeLessThanOrEqual(24);
      expect(form.submit.length).toBeLessThanOrEqual(24);
    }
  });
});
