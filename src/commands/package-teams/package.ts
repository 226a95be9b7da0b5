import { Resvg } from '@resvg/resvg-js';
import { strToU8, zipSync } from 'fflate';

/** What one installation's app for Teams is made with. */
export interface TeamsApp {
  readonly appId: string;
  /** `https://leads.example.org` */
  readonly publicUrl: string;
  /** Shall the bot hear everything in the channels of its teams? Their owners are asked when they install it. */
  readonly consent: boolean;
}

const PLACEHOLDER_ID = '00000000-0000-0000-0000-000000000000';
const PLACEHOLDER_URL = 'https://forecourt.example.org';

/** The manifest of one installation. */
export function teamsManifest(template: string, { appId, publicUrl, consent }: TeamsApp): object {
  const filled = template
    .replaceAll(PLACEHOLDER_ID, appId)
    .replaceAll(PLACEHOLDER_URL, publicUrl)
    .replaceAll(new URL(PLACEHOLDER_URL).host, new URL(publicUrl).host);
  const manifest = JSON.parse(filled) as object;
  if (!consent) return manifest;
  return {
    ...manifest,
    // The resource is not asked for anything here, and must be written all the same.
    webApplicationInfo: { id: appId, resource: 'https://RscBasedStoreApp' },
    authorization: { permissions: { resourceSpecific: [{ name: 'ChannelMessage.Read.Group', type: 'Application' }] } },
  };
}

/** The archive Teams installs. `read`: a file of `manifests/teams`. */
export function teamsPackage(read: (name: string) => string, app: TeamsApp): Uint8Array {
  return zipSync({
    'manifest.json': strToU8(`${JSON.stringify(teamsManifest(read('manifest.json'), app), null, 2)}\n`),
    'en.json': strToU8(read('en.json')),
    'fr.json': strToU8(read('fr.json')),
    'color.png': drawn(read('color.svg')),
    'outline.png': drawn(read('outline.svg')),
  });
}

function drawn(svg: string): Uint8Array {
  return new Uint8Array(new Resvg(svg).render().asPng());
}
