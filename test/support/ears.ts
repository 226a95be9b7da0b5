import type { Ears } from '../../src/chat/interaction.js';

/** Ears that hear nothing; tests replace those they listen with. */
export const DEAF: Ears = {
  click: async () => ({ kind: 'done' }),
  submit: async () => ({ kind: 'close' }),
  command: async () => ({ kind: 'done' }),
  remarked: async () => {},
  corrected: async () => {},
  removed: async () => {},
};
