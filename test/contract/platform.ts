import { afterAll, beforeAll, describe } from 'vitest';
import type { Ears } from '../../src/chat/interaction.js';
import { DEAF } from '../support/ears.js';
import { asking } from './asking.js';
import { drawing } from './drawing.js';
import { failing } from './failing.js';
import { hearing } from './hearing.js';
import { listening } from './listening.js';
import { replying } from './replying.js';
import { sending } from './sending.js';
import { speaking } from './speaking.js';
import type { Context, ContractWorld } from './world.js';

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
        remarked: (heard) => ears.remarked(heard),
        corrected: (heard) => ears.corrected(heard),
        removed: (heard) => ears.removed(heard),
      });
    });
    afterAll(() => world.stop());

    const context: Context = { world: () => world, hear };
    speaking(context);
    replying(context);
    drawing(context);
    failing(context);
    hearing(context);
    listening(context);
    sending(context);
    asking(context);
  });
}
