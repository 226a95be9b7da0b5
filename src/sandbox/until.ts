/** Resolves when the check answers something, asked now and each time the watchers are called; rejects after `withinMs`. */
export function until<T>(watchers: Set<() => void>, check: () => T | null | undefined | false, withinMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const watch = (): void => {
      const found = check();
      if (found === null || found === undefined || found === false) return;
      clearTimeout(timer);
      watchers.delete(watch);
      resolve(found);
    };
    const timer = setTimeout(() => {
      watchers.delete(watch);
      reject(new Error(`not so within ${withinMs} ms`));
    }, withinMs);
    watchers.add(watch);
    watch();
  });
}
