import { playDay } from './day.js';

// `npm run play [-- http://127.0.0.1:3000]`: plays a day in a sandbox that is running.
const url = (process.argv[2] ?? 'http://127.0.0.1:3000').replace(/\/$/, '');
try {
  await playDay(url, (line) => process.stdout.write(`${line}\n`));
  process.stdout.write(`The day is over. Look at it on ${url}\n`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nIs the sandbox running? Start it with: npm start\n`);
  process.exit(1);
}
