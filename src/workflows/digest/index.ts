import { type Desk, type Workflow, workflowJob } from '../workflow.js';
import { showComparison } from './compare.js';
import { COMPARISON, DIGEST, giveDue, lookAtClock, MORNING } from './give.js';
import { showMorning } from './morning.js';
import { showDigest } from './show.js';

/** What the clock brings: the managers' digest in the evening, the directors' comparison, everybody's list in the morning. */
export function digestWorkflow(desk: Desk): Workflow {
  return {
    everyMinute: [lookAtClock],
    jobs: [workflowJob(lookAtClock, () => giveDue(desk))],
    notices: {
      [DIGEST]: (notice) => showDigest(desk, notice),
      [COMPARISON]: (notice) => showComparison(desk, notice),
      [MORNING]: (notice) => showMorning(desk, notice),
    },
  };
}
