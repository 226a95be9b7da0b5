/** Writes what was reached beside what is wanted: the figures of a run, one line each. */
export function report(test: string, reached: string, wanted: string): void {
  process.stdout.write(`  ${test}: ${reached} (wanted: ${wanted})\n`);
}

/** `1 234 ms` reads badly in a row of figures; seconds with two decimals do. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** The value a share of the list does not exceed; 0 of an empty list. */
export function percentile(list: readonly number[], share: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
