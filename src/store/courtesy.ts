/** Who is waiting for an answer right now. Work that nobody waits for gives way to them, for a while. */
export interface Courtesy {
  /** Answers somebody: they count as waiting until the work has ended. */
  serve<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when hardly anybody waits, at the latest after `GIVE_WAY_MS`. */
  quiet(): Promise<void>;
}

/** With so few waiting there is time enough for everything. */
const FEW = 2;
/** Work that nobody waits for is put off by no more than this a fetch: it goes on during the longest rush, only slower. */
const GIVE_WAY_MS = 250;

export function courtesy(): Courtesy {
  let waiting = 0;
  const patient = new Set<() => void>();

  return {
    async serve(work) {
      waiting++;
      try {
        return await work();
      } finally {
        waiting--;
        if (waiting <= FEW) for (const go of patient) go();
      }
    },
    quiet() {
      if (waiting <= FEW) return Promise.resolve();
      return new Promise((resolve) => {
        const go = () => {
          clearTimeout(late);
          patient.delete(go);
          resolve();
        };
        const late = setTimeout(go, GIVE_WAY_MS);
        patient.add(go);
      });
    },
  };
}
