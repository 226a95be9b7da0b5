import { describeProblems, loadConfig } from '../config.js';
import { demoConfig } from '../sandbox/demo.js';
import { runJobs } from './jobs/run.js';

// `npm run jobs`: lists what was given up on; `npm run jobs -- retry <id>|all` runs it again.

const loaded = loadConfig(demoConfig);
if ('problems' in loaded) {
  process.stderr.write(`Please correct:\n${describeProblems(loaded.problems)}\n`);
  process.exit(2);
}
const { databaseUrl, dataDir } = loaded.ok;
const place = databaseUrl === null ? ({ kind: 'embedded', folder: dataDir } as const) : ({ kind: 'postgres', url: databaseUrl } as const);
const { code, text } = await runJobs(process.argv.slice(2), place).catch((error: unknown) => ({
  code: 1,
  // Its message could quote what a lead says.
  text: `The database could not be used (${error instanceof Error ? error.name : 'unknown'}). "npm run doctor" says what to correct.\n`,
}));
process.stdout.write(text);
process.exit(code);
