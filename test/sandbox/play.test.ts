import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { playDay } from '../../src/sandbox/play/day.js';
import { type Process, startProcess } from '../support/processes.js';

let folder: string;
let program: Process;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forecourt-play-'));
  program = startProcess({ FORECOURT_DATA: folder, FORECOURT_DEMO: 'empty', LOG_LEVEL: 'info' });
});
afterAll(async () => {
  program.signal('SIGTERM');
  await program.ended;
  await rm(folder, { recursive: true, force: true });
});

it('a day in the sandbox: ten leads through everything that can happen to one', async () => {
  const scenes: string[] = [];
  await playDay(await program.ready, (line) => void scenes.push(line));
  expect(scenes).toHaveLength(10);
  expect(program.output()).not.toMatch(/"level":"(error|fatal)"/);
}, 900_000);
