import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

export const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };

/** The built program as `npm start` runs it, and a browser to look at it. */
export interface Opened {
  readonly url: string;
  /** Sits down as somebody, in a window of their own. */
  as(user: string, channel: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

export async function openSandbox(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'forecourt-browser-'));
  const { program, url } = await start(folder);
  const browser = await openBrowser();
  return {
    url,
    as: (user, channel, options = {}) => sitDown(browser, url, user, channel, options),
    async close() {
      await browser.close();
      const ended = new Promise((resolve) => program.once('exit', resolve));
      program.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The system's Chromium, or the one CHROMIUM names. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGUMENTS });
}

/** Opens the page as somebody who has been here before, in a window of their own. */
export async function sitDown(
  browser: Browser,
  url: string,
  user: string,
  channel: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.addInitScript(() => localStorage.setItem('forecourt.welcomed', 'yes'));
  await page.goto(`${url}/?as=${user}&channel=${channel}`);
  return page;
}

async function start(folder: string): Promise<{ program: ChildProcess; url: string }> {
  const { SLACK_BOT_TOKEN: _, DATABASE_URL: __, ...env } = process.env;
  const program = spawn(process.execPath, ['dist/main.js'], {
    env: { FORECOURT_DEMO: 'empty', ...env, PORT: '0', FORECOURT_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    program.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /sandbox is open: (\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    program.once('exit', (code) => reject(new Error(`the program ended with ${code}: ${said}`)));
  });
  return { program, url };
}
