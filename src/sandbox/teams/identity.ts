import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Fields } from '../json.js';
import type { TeamsSeed } from './seed.js';

/** The Bot Framework's identity service, with a key of its own: what a bot checks the senders of activities with. */
export interface Identity {
  /** Ends the address of the OpenID metadata; never the same twice, because bots keep the keys they found at an address for a day. */
  readonly metadataPath: string;
  readonly keysPath: string;
  metadata(base: string): Fields;
  keys(): Fields;
  /** `Bearer …` as the service signs it for the bot; `wrong` makes a token the bot must refuse. */
  authorization(serviceUrl: string, wrong?: WrongToken): string;
}

/** What is wrong with a token. */
export interface WrongToken {
  readonly issuer?: string;
  readonly audience?: string;
  readonly serviceUrl?: string | null;
  /** Seconds from now; negative is in the past. */
  readonly expiresIn?: number;
  /** `none`: unsigned. `stranger`: signed by a key nobody published, under the published name. */
  readonly signature?: 'none' | 'stranger';
  readonly kid?: string;
}

const ISSUER = 'https://api.botframework.com';
const LIFETIME_S = 3_600;

const newKeys = () => generateKeyPairSync('rsa', { modulusLength: 2_048 });

let made: ReturnType<typeof newKeys> | undefined;
/** Making them takes half a second: once a process is enough, as it is the id that tells keys apart. */
const keysOfProcess = () => {
  made ??= newKeys();
  return made;
};

export function newIdentity(seed: Pick<TeamsSeed, 'app'>): Identity {
  const { publicKey, privateKey } = keysOfProcess();
  const kid = randomBytes(20).toString('base64url');
  const room = `openid/${randomBytes(9).toString('base64url')}`;
  return {
    metadataPath: `${room}/.well-known/openidconfiguration`,
    keysPath: `${room}/keys`,
    metadata: (base) => ({
      issuer: ISSUER,
      authorization_endpoint: 'https://invalid.botframework.com',
      jwks_uri: `${base}/${room}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    }),
    keys: () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', kid, x5t: kid, endorsements: ['msteams'] }] }),
    authorization(serviceUrl, wrong = {}) {
      const seconds = Math.floor(Date.now() / 1_000);
      const expiry = seconds + (wrong.expiresIn ?? LIFETIME_S);
      const claimed = wrong.serviceUrl === undefined ? serviceUrl : wrong.serviceUrl;
      const claims = {
        ...(claimed === null ? {} : { serviceurl: claimed }),
        nbf: Math.min(seconds, expiry) - 300,
        exp: expiry,
        iss: wrong.issuer ?? ISSUER,
        aud: wrong.audience ?? seed.app.id,
      };
      const named = wrong.kid ?? kid;
      const unsigned = wrong.signature === 'none';
      const header = { alg: unsigned ? 'none' : 'RS256', kid: named, x5t: named, typ: 'JWT' };
      const content = `${encoded(header)}.${encoded(claims)}`;
      const key = wrong.signature === 'stranger' ? newKeys().privateKey : privateKey;
      const signature = unsigned ? '' : createSign('RSA-SHA256').update(content).sign(key).toString('base64url');
      return `Bearer ${content}.${signature}`;
    },
  };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
