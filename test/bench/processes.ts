import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SECRET = 'bench-signing-secret';
export const CHANNELS = Array.from({ length: 20 }, (_, n) => `C0BENCH${n}`);
export const SALESPEOPLE = Array.from({ length: 50 }, (_, n) => `U0BENCH${n}`);

/** A child process of the measurement, reachable on loopback. */
export interface Child {
  readonly url: string;
  /** Milliseconds from its start until it answered. */
  readonly startedIn: number;
  /** Resident memory in MB. */
  memory(): number;
  stop(): Promise<void>;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
export const PROGRAM = here('../../../main.js');
export const BARE_BOLT = here('./bare-bolt.js');
export const BARE_INTAKE = here('./bare-intake.js');
export const SINK = here('./sink.js');

/** Starts a script and waits until something answers at `path`. */
export async function startChild(script: string, env: Record<string, string>, path = '/'): Promise<Child> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH, ...env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await answers(`${url}${path}`, child);
  return { url, startedIn: performance.now() - begun, memory: () => residentMemory(child), stop: () => stop(child) };
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 6_000; tries++) {
    if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode}`);
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`nothing answers at ${url}`);
}

function residentMemory(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** A folder with a configuration of twenty sites, each with a channel, and fifty salespeople everywhere. */
export async function benchFolder(): Promise<{ folder: string; env: Record<string, string>; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'forecourt-bench-'));
  const sites = CHANNELS.map(
    (channel, n) =>
      `  - { id: site-${n}, name: Site ${n}, timezone: Europe/Paris, hours: { mon: ["09:00-19:00"] }, channels: { leads: ["slack:${channel}"] } }`,
  );
  const people = SALESPEOPLE.map((id, n) => `  - { id: person-${n}, name: Person ${n}, slack: ${id}, roles: { "*": [salesperson] } }`);
  const yaml = `group: Bench\nlanguage: en\ncurrency: EUR\ncountry: FR\ndealerships:\n${sites.join('\n')}\npeople:\n${people.join('\n')}\nsources:\n  - { id: bench, name: Bench, token: "env:BENCH_TOKEN", rate: none }\n`;
  await writeFile(join(folder, 'forecourt.yaml'), yaml);
  const env = {
    FORECOURT_CONFIG: join(folder, 'forecourt.yaml'),
    FORECOURT_DATA: join(folder, 'data'),
    BENCH_TOKEN: 'bench',
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: SECRET,
    LOG_LEVEL: 'error',
  };
  return { folder, env, remove: () => rm(folder, { recursive: true, force: true }) };
}
