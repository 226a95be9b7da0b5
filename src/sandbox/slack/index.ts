/** A Slack workspace in a process of ours: the Web API, signed interactivity, events and Socket Mode, as an honest judge. */
export { signature } from './deliver.js';
export type { FaultEffect } from './faults.js';
export { links, pings } from './pings.js';
export type { SlackSeed } from './seed.js';
export { type RunningSimulator, startSlackSimulator } from './server.js';
export type { SlackMessage } from './shapes.js';
export { createSlackSimulator, type SimulatorOptions } from './simulator.js';
