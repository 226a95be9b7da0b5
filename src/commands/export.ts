import { once } from 'node:events';
import { groupOf } from '../dealership/group.js';
import { directory } from '../dealership/people.js';
import { answer } from './database/answer.js';
import { exportFigures } from './export/figures.js';
import { runExport } from './export/run.js';

// `npm run export -- lead <id>`: prints one lead whole, as JSON.
// `npm run export -- figures --from 2026-11-01 --to 2026-11-30`: prints the figures of each day, as CSV.

// Whoever reads may have seen enough: `| head`.
process.stdout.on('error', () => process.exit(0));
const { code, text } = await answer((words, place, { group, dealerships, people, sources }) => {
  if (words[0] !== 'figures') return runExport(words, place);
  const house = groupOf(group.name, dealerships, directory(people, dealerships), sources);
  return exportFigures(words, place, house, { write, progress });
});
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
