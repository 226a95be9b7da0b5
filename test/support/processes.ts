import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SEED, TOKENS } from './running.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The built program in a process of its own, as an installer runs it. */
export interface Process {
  readonly pid: number;
  /** Where it listens; rejects when it ends before it is ready. */
  readonly ready: Promise<string>;
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** What it wrote so far, both streams. */
  output(): string;
  signal(name: NodeJS.Signals): void;
}

/** Starts `node dist/main.js`. `npm test` has built it. */
export function startProcess(env: Readonly<Record<string, string>>): Process {
  if (!existsSync(MAIN)) throw new Error('dist/main.js is missing: run "npm run build" first');
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH ?? '', HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  child.stderr?.on('data', (chunk) => {
    written += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const ready = new Promise<string>((resolve, reject) => {
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => {
        written += `${line}\n`;
        const url = /"url":"([^"]+)".*"msg":"ready"/.exec(line)?.[1];
        if (url) resolve(url);
      });
    void ended.then((code) => reject(new Error(`ended with ${code} before it was ready: ${written}`)));
  });
  ready.catch(() => {});
  return { pid: child.pid ?? 0, ready, ended, output: () => written, signal: (name) => void child.kill(name) };
}

/** The example configuration. */
export function exampleYaml(): string {
  return readFileSync(new URL('../fixtures/forecourt.yaml', import.meta.url), 'utf8');
}

/** The environment of a program connected to a simulated Slack, with this configuration, on this database. */
export async function environment(parts: {
  readonly yaml: string;
  readonly apiUrl: string;
  readonly databaseUrl?: string;
}): Promise<{ env: Record<string, string>; folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'forecourt-process-'));
  await writeFile(join(folder, 'forecourt.yaml'), parts.yaml);
  const env = {
    ...TOKENS,
    FORECOURT_CONFIG: join(folder, 'forecourt.yaml'),
    FORECOURT_DATA: join(folder, 'data'),
    SLACK_BOT_TOKEN: SEED.botToken,
    SLACK_SIGNING_SECRET: SEED.signingSecret,
    SLACK_API_URL: parts.apiUrl,
    ...(parts.databaseUrl !== undefined && { DATABASE_URL: parts.databaseUrl }),
  };
  return { env, folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
