import { readFileSync } from 'node:fs';
import { type Config, type ConfigProblem, readConfig } from '../../src/config.js';

/** The example group: Lyon and Annecy. */
export const EXAMPLE = readFileSync(new URL('../fixtures/forecourt.yaml', import.meta.url), 'utf8');

/** The four variables the example names. */
export const TOKENS = {
  INTAKE_WEBSITE_TOKEN: 'website-token',
  INTAKE_PORTAL_TOKEN: 'portal-token',
  INTAKE_CALLCENTRE_TOKEN: 'callcentre-token',
  INTAKE_OEM_SECRET: 'oem-secret',
};

/** Reads `yaml` as ./forecourt.yaml. */
export function read(yaml: string, env: Record<string, string> = {}): ReturnType<typeof readConfig> {
  return readConfig({ ...TOKENS, ...env }, { readFile: () => yaml });
}

/** What was read, when nothing stands in the way. */
export function accepted(result: ReturnType<typeof readConfig>): Config {
  if ('problems' in result) throw new Error(`Refused: ${result.problems.map(({ path, message }) => `${path}: ${message}`).join('\n')}`);
  return result.ok;
}

/** The problems, when there are any. */
export function refused(result: ReturnType<typeof readConfig>): readonly ConfigProblem[] {
  return 'problems' in result ? result.problems : [];
}

/** The example with one piece of text replaced; the piece must be there. */
export function example(piece: string, replacement: string): string {
  if (!EXAMPLE.includes(piece)) throw new Error(`The example has no ${piece}`);
  return EXAMPLE.replace(piece, () => replacement);
}
