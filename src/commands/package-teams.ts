import { readFileSync, writeFileSync } from 'node:fs';
import { describeProblems, loadConfig } from '../config.js';
import { teamsPackage } from './package-teams/package.js';

// `npm run package:teams [-- consent]`: writes the app this installation is in Teams, to be uploaded there.

const FILE = 'forecourt-teams.zip';

const loaded = loadConfig();
if ('problems' in loaded) refuse(`The configuration has to be corrected first:\n${describeProblems(loaded.problems)}`);
const { teams, publicUrl } = loaded.ok;
if (teams?.kind !== 'registered') refuse('Set TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID first: the app carries its own id.');
if (publicUrl === null || !publicUrl.startsWith('https://')) refuse('Set PUBLIC_URL to the https address people reach Forecourt at.');

const consent = process.argv[2] === 'consent';
const read = (name: string) => readFileSync(new URL(`../../manifests/teams/${name}`, import.meta.url), 'utf8');
writeFileSync(FILE, teamsPackage(read, { appId: teams.appId, publicUrl, consent }));
process.stdout.write(`Wrote ${FILE}${consent ? ', which asks to hear everything in the channels of its teams' : ''}.\n`);

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
