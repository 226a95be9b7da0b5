/** A Microsoft 365 tenant in a process of ours: the Bot Connector, its identity provider and the people at their Teams, as an honest judge. */
export type { FaultEffect } from './faults.js';
export type { TeamsSeed } from './seed.js';
export { type RunningSimulator, startTeamsSimulator } from './server.js';
export type { MessageAt, TeamsMessage } from './shapes.js';
