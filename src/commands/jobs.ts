import { answer } from './database/answer.js';
import { runJobs } from './jobs/run.js';

// `npm run jobs`: lists what was given up on; `npm run jobs -- retry <id>|all` runs it again.

const { code, text } = await answer(runJobs);
process.stdout.write(text);
process.exit(code);
