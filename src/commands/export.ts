import { once } from 'node:events';
import { describeProblems, loadConfig } from '../config.js';
import { groupOf } from '../dealership/group.js';
import { directory } from '../dealership/people.js';
import { demoConfig } from '../sandbox/demo.js';
import { exportFigures } from './export/figures.js';
import { runExport } from './export/run.js';

// `npm run export -- lead <id>`: prints one lead whole, as JSON.
// `npm run export -- figures --from 2026-11-01 --to 2026-11-30`: prints the figures of each day, as CSV.

const loaded = loadConfig(demoConfig);
if ('problems' in loaded) {
  process.stderr.write(`Please correct:\n${describeProblems(loaded.problems)}\n`);
  process.exit(2);
}
const { databaseUrl, dataDir, group, dealerships, people, sources } = loaded.ok;
const place = databaseUrl === null ? ({ kind: 'embedded', folder: dataDir } as const) : ({ kind: 'postgres', url: databaseUrl } as const);
const words = process.argv.slice(2);
// Whoever reads may have seen enough: `| head`.
process.stdout.on('error', () => process.exit(0));
const house = groupOf(group.name, dealerships, directory(people, dealerships), sources);
const run = words[0] === 'figures' ? exportFigures(words, place, house, { write, progress }) : runExport(words, place);
const { code, text } = await run.catch((error: unknown) => ({
  code: 1,
  // Its message could quote what a lead says.
  text: `The database could not be used (${error instanceof Error ? error.name : 'unknown'}). "npm run doctor" says what to correct.\n`,
}));
// Sentences stay out of what is written to a file; a pipe takes long texts piece by piece, and ending would cut them.
(code === 0 ? process.stdout : process.stderr).write(text, () => process.exit(code));

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** A bar for whoever looks on; none in a file or a pipe. */
function progress(part: number, day: string): void {
  if (!process.stderr.isTTY) return;
  const width = 30;
  const done = Math.round(part * width);
  const bar = `${'#'.repeat(done)}${'.'.repeat(width - done)}`;
  process.stderr.write(`\r[${bar}] ${String(Math.round(part * 100)).padStart(3)} %  ${day}${part === 1 ? '\n' : ''}`);
}
