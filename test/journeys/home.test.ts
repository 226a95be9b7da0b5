import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { owned } from '../support/owned.js';
import { type Running, run } from '../support/running.js';
import { LYON, plainly, SOON, words } from '../support/seen.js';

let house: Running;
beforeAll(async () => {
  house = await run();
});
afterAll(() => house.stop());

const page = (user: string) => plainly(words(house.slack.as(user).home() ?? {}));
const shows = (user: string, says: string) => house.slack.until(() => page(user).includes(says), SOON);

describe('the Home tab', () => {
  it('shows somebody their leads', async () => {
    const alice = house.slack.as('U0ALICE');
    alice.openHome();
    await shows('U0ALICE', 'Aucun lead').catch(() => console.log(house.log.filter((l) => l.includes('err')).slice(0, 5)));
    await owned(house, 'U0ALICE', LYON);
    await shows('U0ALICE', '1 lead');
    console.log(page('U0ALICE'), JSON.stringify(alice.home()?.blocks, null, 1));
    house.slack.as('U0MARTINE').openHome();
    await shows('U0MARTINE', 'bureau');
    console.log(page('U0MARTINE'));
  });
});
