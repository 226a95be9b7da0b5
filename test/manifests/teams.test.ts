import { existsSync, readFileSync } from 'node:fs';
import localization from '@microsoft/app-manifest/build/json-schemas/teams/v1.19/MicrosoftTeams.Localization.schema.json' with {
  type: 'json',
};
import manifestSchema from '@microsoft/app-manifest/build/json-schemas/teams/v1.19/MicrosoftTeams.schema.json' with { type: 'json' };
import AjvModule from 'ajv-draft-04';
import formatsModule from 'ajv-formats';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type TeamsApp, teamsManifest, teamsPackage } from '../../src/commands/package-teams/package.js';
import { groupOf } from '../../src/dealership/group.js';
import { directory } from '../../src/dealership/people.js';
import { entryWorkflow } from '../../src/workflows/entry/index.js';
import { findWorkflow } from '../../src/workflows/find/index.js';
import { helpWorkflow } from '../../src/workflows/help/index.js';
import { mineWorkflow } from '../../src/workflows/mine/index.js';
import { statsWorkflow } from '../../src/workflows/stats/index.js';
import type { Desk } from '../../src/workflows/workflow.js';

const read = (name: string) => readFileSync(new URL(`../../manifests/teams/${name}`, import.meta.url), 'utf8');
const Ajv = AjvModule.default;
const addFormats = formatsModule.default;

/** What Microsoft's own schema finds wrong. */
function faults(schema: object, value: unknown): unknown[] {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return validate(value) ? [] : (validate.errors ?? []);
}

const APP: TeamsApp = { appId: '7b0c1e9a-1111-4222-8333-444455556666', publicUrl: 'https://leads.example.org:8443', consent: false };
type Manifest = {
  readonly localizationInfo: { readonly additionalLanguages: readonly { readonly file: string }[] };
  readonly bots: readonly {
    readonly botId: string;
    readonly commandLists: readonly { readonly commands: readonly { readonly title: string; readonly description: string }[] }[];
  }[];
  readonly validDomains: readonly string[];
};

describe('the manifest for Teams', () => {
  it.each([false, true])('is what Microsoft’s schema asks for (consent: %s)', (consent) => {
    expect(faults(manifestSchema, JSON.parse(read('manifest.json')))).toEqual([]);
    expect(faults(manifestSchema, teamsManifest(read('manifest.json'), { ...APP, consent }))).toEqual([]);
    expect(faults(manifestSchema, { ...JSON.parse(read('manifest.json')), surprise: true })).not.toEqual([]);
  });

  it.each(['en.json', 'fr.json'])('is translated whole: %s', (file) => {
    const words = JSON.parse(read(file)) as Record<string, string>;
    expect(faults(localization, words)).toEqual([]);
    const manifest = JSON.parse(read('manifest.json')) as Manifest;
    const commands = manifest.bots[0]?.commandLists[0]?.commands ?? [];
    const wanted = commands.flatMap((_, n) => ['title', 'description'].map((part) => `bots[0].commandLists[0].commands[${n}].${part}`));
    expect(
      Object.keys(words)
        .filter((key) => key !== '$schema')
        .sort(),
    ).toEqual([...wanted, 'description.full', 'description.short', 'name.full', 'name.short'].sort());
  });

  it('says in English what the English words say', () => {
    const manifest = JSON.parse(read('manifest.json')) as Manifest & { name: object; description: object };
    const words = JSON.parse(read('en.json')) as Record<string, string>;
    expect(manifest.name).toEqual({ short: words['name.short'], full: words['name.full'] });
    expect(manifest.description).toEqual({ short: words['description.short'], full: words['description.full'] });
    manifest.bots[0]?.commandLists[0]?.commands.forEach(({ title, description }, n) => {
      expect([title, description]).toEqual(['title', 'description'].map((part) => words[`bots[0].commandLists[0].commands[${n}].${part}`]));
    });
  });

  it('offers only words the bot answers', () => {
    const desk = { group: groupOf('x', [], directory([], []), []) } as unknown as Desk;
    const asking = [entryWorkflow, helpWorkflow, mineWorkflow, statsWorkflow, findWorkflow].map((make) => make(desk));
    const answered = new Set(asking.flatMap(({ commands }) => Object.keys(commands ?? {})));
    const offered = ['en.json', 'fr.json']
      .flatMap((file) => Object.entries(JSON.parse(read(file)) as Record<string, string>))
      .filter(([key]) => key.endsWith('.title'));
    expect(offered.length).toBeGreaterThan(3);
    for (const [, title] of offered) expect(answered).toContain(title.split(' ')[0]);
  });
});

describe('the package for Teams', () => {
  it('carries the installation’s own id and address, and every file it names', () => {
    const files = unzipSync(teamsPackage(read, APP));
    const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array())) as Manifest & {
      id: string;
      icons: Record<string, string>;
    };
    expect(manifest).toMatchObject({ id: APP.appId, validDomains: ['leads.example.org:8443'], developer: { websiteUrl: APP.publicUrl } });
    expect(manifest.bots[0]?.botId).toBe(APP.appId);
    expect(JSON.stringify(manifest)).not.toMatch(/forecourt\.example\.org|00000000-/);
    const named = ['en.json', ...manifest.localizationInfo.additionalLanguages.map(({ file }) => file), ...Object.values(manifest.icons)];
    expect(Object.keys(files).sort()).toEqual(['manifest.json', ...named].sort());
    expect(manifest).not.toHaveProperty('authorization');
  });

  it('asks to hear everything only when told to', () => {
    const files = unzipSync(teamsPackage(read, { ...APP, consent: true }));
    expect(strFromU8(files['manifest.json'] ?? new Uint8Array())).toContain('ChannelMessage.Read.Group');
  });

  it.each([
    ['color.png', 192],
    ['outline.png', 32],
  ])('has its icon in the size Teams wants: %s', (name, size) => {
    const png = Buffer.from(unzipSync(teamsPackage(read, APP))[name] ?? []);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  });

  it('is made of files that are there', () => {
    for (const name of ['color.svg', 'outline.svg'])
      expect(existsSync(new URL(`../../manifests/teams/${name}`, import.meta.url))).toBe(true);
  });
});
