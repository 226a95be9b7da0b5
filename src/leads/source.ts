import { BY_HAND } from '../dealership/group.js';
import type { Language } from '../language/locale.js';
import { cardWords } from './messages.js';

/** How a source reads wherever people read it. @param configured its name in the configuration, which has none for leads entered by hand */
export function sourceLabel(id: string, configured: string, language: Language): string {
  return id === BY_HAND ? cardWords[language].byHand : configured;
}
