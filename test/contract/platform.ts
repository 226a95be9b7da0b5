import { afterAll, beforeAll, describe } from 'vitest';
import type { Ears } from '../../src/chat/interaction.js';
import { asking } from './asking.js';
import { drawing } from './drawing.js';
import { failing } from './failing.js';
import { hearing } from './hearing.js';
import { speaking } from './speaking.js';
import type { Context, ContractWorld } from './world.js';

const DEAF: Ears = {
  click: async () => ({ kind: 'done' }),
  submit: async () => ({ kind: 'close' }),
  command: async () => ({ kind: 'done' }),
  removed: async () => {},
};

/** The suite every platform runs on itself, against a world that judges as its real service does. */
export function platformContract(name: string, setup: () => Promise<ContractWorld>): void {
  describe(`${name} as a platform`, () => {
    let world: ContractWorld;
    let ears: Ears = DEAF;
    const hear = (changed: Partial<Ears>) => {
      ears = { ...DEAF, ...changed };
    };
    beforeAll(async () => {
      world = await setup();
      await world.platform.start({
        click: (heard) => ears.click(heard),
        submit: (heard) => ears.submit(heard),
        command: (heard) => ears.command(heard),
        removed: (heard) => ears.removed(heard),
      });
    });
    afterAll(() => world.stop());

    const context: Context = { world: () => world, hear };
    speaking(context);
    drawing(context);
    failing(context);
    hearing(context);
    asking(context);
  });
}
