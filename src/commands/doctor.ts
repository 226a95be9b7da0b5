import { describeProblems, loadConfig } from '../config.js';
import { demoConfig } from '../sandbox/demo.js';
import { examine } from './doctor/examine.js';
import { printed } from './doctor/finding.js';

// `npm run doctor`: examines this installation and says what to correct. Ends with 1 when something must be.

const loaded = loadConfig(demoConfig);
if ('problems' in loaded) {
  process.stdout.write(`✗ The configuration has to be corrected before anything else can be examined:\n`);
  process.stdout.write(`${describeProblems(loaded.problems).replace(/^/gm, '    ')}\n`);
  process.exit(1);
}

let wrong = 0;
for await (const finding of examine(loaded.ok)) {
  if (finding.mark === 'bad') wrong += 1;
  process.stdout.write(printed(finding));
}
process.stdout.write(wrong === 0 ? '\nNothing has to be corrected.\n' : `\nTo correct: ${wrong}.\n`);
process.exit(wrong === 0 ? 0 : 1);
