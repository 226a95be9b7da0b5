import { describe, expect, it } from 'vitest';
import { requestForm } from '../../../src/workflows/appraisal/form.js';
import { accepted, EXAMPLE, read } from '../../config/read.js';
import { leadWith } from '../../support/lead.js';

const [dealership] = accepted(read(EXAMPLE)).dealerships;
if (!dealership) throw new Error('no dealership in the example');
const person = { id: 'alice', name: 'Alice Martin', language: null, accounts: [], roles: {}, listed: true };
const acting = { lead: leadWith(), dealership, person, language: 'fr' } as const;
const photos = (page?: string) => requestForm(acting, null, page).fields.find((field) => field.kind === 'files');

describe('the field for photos', () => {
  it('names the page where they can be sent from a browser, for platforms whose forms take no files', () => {
    expect(photos('https://leads.example.org/photos/x')).toMatchObject({ id: 'photos', page: 'https://leads.example.org/photos/x' });
  });

  it('names none where there is none', () => {
    expect(photos()).not.toHaveProperty('page');
  });

  it('says where more can go: to the page, which works everywhere, or else to the thread', () => {
    expect(photos('https://leads.example.org/photos/x')).toMatchObject({
      hint: expect.stringMatching(/par «\s?Ajouter des photos\s?»\.$/),
    });
    expect(photos()).toMatchObject({ hint: expect.stringMatching(/dans le fil\.$/) });
  });
});
