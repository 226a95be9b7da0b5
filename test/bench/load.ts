import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { SALESPEOPLE, SECRET } from './processes.js';

/** Times of the single requests, and of all together. */
export interface Load {
  readonly ms: readonly number[];
  readonly seconds: number;
}

/** Sends `total` requests over `connections` kept-alive connections, each waiting for its answer. */
export async function closedLoop(total: number, connections: number, one: (n: number, agent: Agent) => Promise<void>): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const ms: number[] = [];
  let next = 0;
  const begun = performance.now();
  const worker = async () => {
    for (let n = next++; n < total; n = next++) {
      const start = performance.now();
      await one(n, agent);
      ms.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  return { ms, seconds: (performance.now() - begun) / 1000 };
}

/** Posts and reads the whole answer; anything but the wanted status is an error of the measurement. */
export function post(url: string, agent: Agent, headers: Record<string, string>, body: string, wanted: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', agent, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if (response.statusCode === wanted) resolve(text);
          else reject(new Error(`${response.statusCode}: ${text.slice(0, 300)}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A signed click on `claim.take`, of about 4 kB as Slack's are. */
export function signedClick(leadId: string, n: number): { headers: Record<string, string>; body: string } {
  const user = SALESPEOPLE[n % SALESPEOPLE.length] ?? 'U0';
  const payload = {
    type: 'block_actions',
    team: { id: 'T0', domain: 'bench' },
    user: { id: user, username: 'bench', name: 'bench', team_id: 'T0' },
    api_app_id: 'A0',
    token: 'x',
    container: { type: 'message', message_ts: '1700000000.000001', channel_id: 'C0BENCH0', is_ephemeral: false },
    trigger_id: `${n}.0`,
    channel: { id: 'C0BENCH0', name: 'leads' },
    message: { type: 'message', ts: '1700000000.000001', text: 'x'.repeat(3_000), user: 'U0' },
    actions: [
      {
        type: 'button',
        action_id: 'claim.take',
        block_id: 'b',
        value: leadId,
        action_ts: '1700000001.000001',
        text: { type: 'plain_text', text: 'Claim' },
      },
    ],
  };
  const body = `payload=${encodeURIComponent(JSON.stringify(payload))}`;
  const at = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac('sha256', SECRET).update(`v0:${at}:${body}`).digest('hex')}`;
  return {
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-slack-request-timestamp': at, 'x-slack-signature': signature },
  };
}

export function lead(n: number | string, site = 0): object {
  return {
    externalId: `bench-${n}`,
    dealership: `site-${site}`,
    customer: { name: 'Brigitte Moreau', email: `b${n}@example.org`, phone: '06 39 98 56 78', city: 'Lyon' },
    interest: { type: 'buy', condition: 'used', make: 'Citroën', model: 'C3', year: 2022, price: 15990, stockNumber: 'VO-1' },
    message: 'Bonjour, est-elle encore disponible ?',
  };
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
