import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ICON } from './page/html.js';
import { STYLE } from './page/style.js';
import { TEAMS_STYLE } from './page/teams/style.js';

const SCRIPT = 'text/javascript; charset=utf-8';
const VENDORS: Readonly<Record<string, string>> = {
  'vendor/preact.js': 'preact',
  'vendor/hooks.js': 'preact/hooks',
  'vendor/jsx-runtime.js': 'preact/jsx-runtime',
};

/** What the page is made of: its style, its compiled scripts in `scripts`, the library behind them; null for anything else. */
export async function pageAsset(name: string, scripts: URL): Promise<{ readonly type: string; readonly body: string } | null> {
  if (name === 'style.css') return { type: 'text/css; charset=utf-8', body: STYLE };
  if (name === 'teams.css') return { type: 'text/css; charset=utf-8', body: TEAMS_STYLE };
  if (name === 'vendor/adaptivecards.js') return { type: SCRIPT, body: await adaptiveCards() };
  if (name === 'icon.svg') return { type: 'image/svg+xml', body: ICON };
  const vendor = VENDORS[name];
  if (vendor !== undefined) return { type: SCRIPT, body: withoutMap(await readFile(fileURLToPath(import.meta.resolve(vendor)), 'utf8')) };
  if (!/^(?:(?:blocks|teams)\/)?[a-z-]+\.js$/.test(name)) return null;
  const script = await readFile(new URL(name, scripts), 'utf8').catch(() => null);
  return script === null ? null : { type: SCRIPT, body: withoutMap(script) };
}

/** The library that draws Adaptive Cards comes as one script of the older kind; here it becomes a module of what the page uses. */
async function adaptiveCards(): Promise<string> {
  const whole = await readFile(fileURLToPath(import.meta.resolve('adaptivecards/dist/adaptivecards.min.js')), 'utf8');
  return `const module = { exports: {} }, exports = module.exports;\n${withoutMap(whole)}\nexport const { AdaptiveCard, HostConfig } = module.exports;\n`;
}

/** Maps are not served; a browser's tools would ask for them in vain. */
function withoutMap(script: string): string {
  return script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
}
