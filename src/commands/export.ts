import { answer } from './database/answer.js';
import { runExport } from './export/run.js';

// `npm run export -- lead <id>`: prints one lead whole, as JSON.

const { code, text } = await answer(runExport);
// Sentences stay out of what is written to a file; a pipe takes long texts piece by piece, and ending would cut them.
(code === 0 ? process.stdout : process.stderr).write(text, () => process.exit(code));
