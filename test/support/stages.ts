import { slackStage } from './slack-stage.js';
import type { PlatformName, Stage } from './stage.js';
import { teamsStage } from './teams-stage.js';

/** Raises the curtain on one platform. */
export const raise = (platform: PlatformName): Promise<Stage> => (platform === 'Slack' ? slackStage() : teamsStage());
