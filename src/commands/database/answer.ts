import { type Config, describeProblems, loadConfig } from '../../config.js';
import { demoConfig } from '../../sandbox/demo.js';
import type { Place } from '../../store/database.js';

/** What a command says, and the exit code of its process. */
interface Outcome {
  readonly code: 0 | 1 | 2;
  readonly text: string;
}

/** Runs a command on the configured database with the words of the command line; a mistake in the configuration ends the process. */
export async function answer(command: (words: readonly string[], place: Place, config: Config) => Promise<Outcome>): Promise<Outcome> {
  const loaded = loadConfig(demoConfig);
  if ('problems' in loaded) {
    process.stderr.write(`Please correct:\n${describeProblems(loaded.problems)}\n`);
    process.exit(2);
  }
  const { databaseUrl, dataDir } = loaded.ok;
  const place = databaseUrl === null ? ({ kind: 'embedded', folder: dataDir } as const) : ({ kind: 'postgres', url: databaseUrl } as const);
  return command(process.argv.slice(2), place, loaded.ok).catch((error: unknown) => ({
    code: 1,
    // Its message could quote what a lead says.
    text: `The database could not be used (${error instanceof Error ? error.name : 'unknown'}). "npm run doctor" says what to correct.\n`,
  }));
}
