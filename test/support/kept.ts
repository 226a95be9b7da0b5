/** What a platform remembers, in a map a test may look into. */
export function memoryIn(kept: Map<string, string>) {
  return {
    read: async (key: string) => kept.get(key) ?? null,
    readAll: async (prefix: string) => [...kept].flatMap(([key, value]) => (key.startsWith(prefix) ? [value] : [])),
    write: async (key: string, value: string) => void kept.set(key, value),
  };
}
