/** Where Teams' messages for a bot come from and go to, for tenants of the public cloud. */
const SERVICE_HOST = 'smba.trafficmanager.net';
export const PUBLIC_SERVICE = `https://${SERVICE_HOST}/teams/`;
/** Microsoft's own, for tenants of the American government community cloud. */
const OTHER_HOSTS = new Set([SERVICE_HOST, 'smba.infra.gcc.teams.microsoft.com']);

/** Whose service addresses are believed. */
export interface Trust {
  /** Nobody proves who they are: a simulator on this machine, and nothing else. */
  readonly anonymous: boolean;
  /** The service of a simulator. */
  readonly serviceUrl?: string | undefined;
}

/**
 * May messages, and with them our token, go to this address? Exactly Microsoft's hosts: anybody can have a name below
 * `trafficmanager.net`.
 */
export function isTrusted(address: string, { anonymous, serviceUrl }: Trust): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (anonymous) return /^https?:$/.test(url.protocol) && isLoopback(url.hostname);
  if (serviceUrl !== undefined) return url.origin === new URL(serviceUrl).origin;
  return url.protocol === 'https:' && url.port === '' && OTHER_HOSTS.has(url.hostname);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
