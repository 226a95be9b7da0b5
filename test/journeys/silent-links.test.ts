import { afterAll, beforeAll, expect, it } from 'vitest';
import { jsonLead } from '../support/leads.js';
import { arrived, LYON, SOON } from '../support/seen.js';
import { type Both, PATIENT_MS, readIn, runBoth, TEAMS_LYON, teamsCard, toldTo } from '../support/tenant.js';

/*
 * Lumière Lyon has a channel on each platform, Lumière Annecy one in Slack alone; their manager reads in Teams. Slack takes
 * cards and does not say who it is, so that the program cannot say any address there.
 */

const ANNECY_TEAMS = ', "teams:19:annecy-leads@thread.tacv2"';
const SILENT = { effect: { kind: 'error', error: 'internal_error' }, method: 'auth.test' } as const;

let house: Both;
beforeAll(async () => {
  house = await runBoth({
    edit: (yaml) => yaml.replace(ANNECY_TEAMS, ''),
    before: (slack) => void slack.faults.add(SILENT),
  });
}, PATIENT_MS);
afterAll(() => house?.stop());

/** Asks for the desk in Teams, and answers what stands in it once it names both leads. */
async function asked(): Promise<string> {
  const martine = house.teams.as('aad-martine');
  const before = toldTo(house, 'aad-martine').length;
  martine.say(martine.chat(), 'bureau');
  const shown = await house.teams.until(() => toldTo(house, 'aad-martine')[before], SOON);
  expect(readIn(shown)).toMatch(/Renault Clio/);
  expect(readIn(shown)).toMatch(/Citroën C3/);
  return JSON.stringify(shown.attachments);
}

it('a list leads to what stands where addresses can be said, names the rest, and leads there too once they can', async () => {
  const car = (make: string, model: string) => ({ interest: { make, model } });
  const annecy = await arrived(house, jsonLead({ dealership: 'annecy', ...car('Renault', 'Clio') }), 'C0LEADSANNECY');
  const lyon = await arrived(house, jsonLead({ dealership: 'lyon', ...car('Citroën', 'C3') }), LYON);
  const card = await teamsCard(house, lyon.id);
  const inTeams = `https://teams.microsoft.com/l/message/${encodeURIComponent(TEAMS_LYON)}/${card.id}`;
  const inSlack = `archives/C0LEADSANNECY/p${annecy.card.ts.replace('.', '')}`;
  for (const effect of [SILENT.effect, { kind: 'hang', stored: false }] as const) {
    house.slack.faults.clear();
    house.slack.faults.add({ effect, method: 'auth.test' });
    const dark = await asked();
    expect(dark, effect.kind).toContain(inTeams);
    expect(dark, effect.kind).not.toContain('archives/');
  }
  house.slack.faults.clear();
  const light = await asked();
  expect(light).toContain(inTeams);
  expect(light).toContain(inSlack);
});
