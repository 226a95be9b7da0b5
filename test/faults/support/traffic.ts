import type { Ground, Site } from './ground.js';
import type { Answer, Ledger, Sent } from './ledger.js';
import type { Chance } from './size.js';
import { lasting } from './wait.js';

/** An attempt of a source, and when it began by this process's clock. */
export interface Attempt extends Answer {
  readonly lead: Sent;
  readonly at: number;
}

/** Sources that go on sending while something happens. */
export interface Traffic {
  readonly attempts: readonly Attempt[];
  /** No new leads; resolves when every lead has been accepted or given up by its source. */
  end(): Promise<void>;
}

/**
 * Sends leads at random sites, about one each `gapMs` and source. A source that gets no 2xx sends the same lead again
 * until it does, as the answer asks it to.
 */
export function traffic(
  ground: Ground,
  ledger: Ledger,
  luck: Chance,
  options: { readonly sources: number; readonly gapMs: number },
): Traffic {
  const attempts: Attempt[] = [];
  let on = true;
  const insist = async (lead: Sent) => {
    for (;;) {
      const at = Date.now();
      const answer = await ledger.send(lead);
      attempts.push({ ...answer, lead, at });
      if (answer.status !== null && answer.status < 300) return;
      await lasting(250);
    }
  };
  const source = async () => {
    while (on) {
      await insist(ledger.write(luck.one(ground.sites)));
      await lasting(luck.between(0, 2 * options.gapMs));
    }
  };
  const sources = Array.from({ length: options.sources }, source);
  return {
    attempts,
    async end() {
      on = false;
      await Promise.all(sources);
    },
  };
}

/** Sends one lead to a site and expects it to be taken. */
export async function sendOne(ledger: Ledger, site: Site | undefined): Promise<Sent> {
  if (!site) throw new Error('no such site');
  const lead = ledger.write(site);
  const { status } = await ledger.send(lead);
  if (status !== 202) throw new Error(`${lead.key} was answered ${status}`);
  return lead;
}
