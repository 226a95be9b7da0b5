import { describeProblems, loadConfig } from '../config.js';
import { demoConfig } from '../sandbox/demo.js';
import { runExport } from './export/run.js';

// `npm run export -- lead <id>`: prints one lead whole, as JSON.

const loaded = loadConfig(demoConfig);
if ('problems' in loaded) {
  process.stderr.write(`Please correct:\n${describeProblems(loaded.problems)}\n`);
  process.exit(2);
}
const { databaseUrl, dataDir } = loaded.ok;
const place = databaseUrl === null ? ({ kind: 'embedded', folder: dataDir } as const) : ({ kind: 'postgres', url: databaseUrl } as const);
const { code, text } = await runExport(process.argv.slice(2), place).catch((error: unknown) => ({
  code: 1,
  // Its message could quote what a lead says.
  text: `The database could not be used (${error instanceof Error ? error.name : 'unknown'}). "npm run doctor" says what to correct.\n`,
}));
// Sentences stay out of what is written to a file; a pipe takes long texts piece by piece, and ending would cut them.
(code === 0 ? process.stdout : process.stderr).write(text, () => process.exit(code));
